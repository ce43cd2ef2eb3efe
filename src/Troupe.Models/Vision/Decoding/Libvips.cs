using NetVips;

namespace Troupe.Models.Vision.Decoding;

/// <summary>
/// libvips for untrusted files: no loader but the three that are used, one thread a picture (silos decode many at once), nothing kept
/// between pictures.
/// </summary>
internal static class Libvips
{
    private static readonly Lazy<bool> Prepared = new(Prepare);

    public static void EnsurePrepared() => _ = Prepared.Value;

    private static bool Prepare()
    {
        if (!ModuleInitializer.VipsInitialized)
            throw new InvalidOperationException("The native library libvips cannot be loaded, so that pictures cannot be decoded.", ModuleInitializer.Exception);
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        Operation.Block("VipsForeignLoad", true);
        Operation.Block("VipsForeignLoadPng", false);
        Operation.Block("VipsForeignLoadJpeg", false);
        Operation.Block("VipsForeignLoadWebp", false);
        // A damaged file becomes an exception; what libvips notes besides would fill the console.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
        return true;
    }
}
