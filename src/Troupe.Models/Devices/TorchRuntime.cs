using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;
using static TorchSharp.torch;

namespace Troupe.Models.Devices;

/// <summary>Loads libtorch once per process and opens devices. Nothing else in the product may touch a tensor before <see cref="Open"/>.</summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> _ownLibraries = [];
    private static bool _resolverInstalled;
    private static string? _loadedFrom;

    /// <summary>Resolves <c>auto | cpu | cuda:N</c> and <c>auto | bf16 | f16 | f32</c> to a device that works and its type.</summary>
    /// <exception cref="ArgumentException">An option has a value outside its list.</exception>
    /// <exception cref="InvalidOperationException">CUDA was asked for and is not there, or another libtorch is loaded already.</exception>
    /// <exception cref="DllNotFoundException">The folder in <see cref="TorchOptions.NativePath"/> holds no libtorch that loads here.</exception>
    public static TorchDevice Open(TorchOptions options)
    {
        var index = options.Check();
        InstallResolver(options.NativePath);
        var device = index is { } cuda ? OpenCuda(options.Device, cuda) : OpenDevice(options.Device);
        if (options.Threads is { } threads)
            set_num_threads(threads);
        backends.cuda.matmul.allow_tf32 = false;
        backends.cudnn.allow_tf32 = false;
        return new TorchDevice(device, options.DType);
    }

    private static Device OpenDevice(string name)
    {
        if (name == "auto" && HasCudaLibrary() && TryInitializeDeviceType(DeviceType.CUDA))
            return new Device(DeviceType.CUDA, 0);
        InitializeDeviceType(DeviceType.CPU);
        return name == "meta" ? new Device(DeviceType.META) : CPU;
    }

    private static Device OpenCuda(string name, int index)
    {
        if (!HasCudaLibrary())
            throw new InvalidOperationException($"Troupe:Torch:Device is '{name}', but this build has no CUDA libraries; build with -p:TorchDevice=cuda or set Troupe:Torch:NativePath to a libtorch with CUDA.");
        if (!TryInitializeDeviceType(DeviceType.CUDA))
            throw new InvalidOperationException($"Troupe:Torch:Device is '{name}', but CUDA does not start on this machine; install the driver of its GPU or set Troupe:Torch:Device to cpu.");
        if (index >= cuda.device_count())
            throw new InvalidOperationException($"Troupe:Torch:Device is '{name}', but this machine has {cuda.device_count()} CUDA device(s), numbered from 0.");
        return new Device(DeviceType.CUDA, index);
    }

    private static bool HasCudaLibrary() => FindLibrary("torch_cuda") is not null || _ownLibraries.ContainsKey("torch_cuda");

    private static void InstallResolver(string? nativePath)
    {
        if (nativePath is not null)
            CheckOwn(nativePath);
        lock (Gate)
        {
            if (_resolverInstalled && nativePath is not null && nativePath != _loadedFrom)
                throw new InvalidOperationException($"Troupe:Torch:NativePath is '{nativePath}', but this process has loaded the libtorch of {_loadedFrom ?? "its build"} already; all silos of a process share one.");
            if (_resolverInstalled)
                return;
            if (nativePath is not null)
                LoadOwn(nativePath);
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
            (_resolverInstalled, _loadedFrom) = (true, nativePath);
        }
    }

    private static void CheckOwn(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DllNotFoundException($"Troupe:Torch:NativePath is '{folder}', which is not a folder; it must hold the libraries of a libtorch.");
        if (!File.Exists(Path.Combine(folder, FileName("torch_cpu"))))
            throw new DllNotFoundException($"Troupe:Torch:NativePath is '{folder}', which holds no {FileName("torch_cpu")}; give the lib folder of a libtorch.");
    }

    /// <summary>Loads the libraries of a libtorch folder first: the linker then takes them for every later need of the same name.</summary>
    private static void LoadOwn(string folder)
    {
        foreach (var name in (string[])["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"])
        {
            var path = Path.Combine(folder, FileName(name));
            if (File.Exists(path))
                _ownLibraries[name] = NativeLibrary.Load(path);
        }
    }

    /// <summary>Called only where the runtime's own search failed, so a healthy system never comes here.</summary>
    private static nint Resolve(Assembly assembly, string name)
    {
        if (assembly != typeof(torch).Assembly)
            return 0;
        if (_ownLibraries.TryGetValue(name, out var own))
            return own;
        if (name != "LibTorchSharp" || !OperatingSystem.IsLinux() || FindLibrary(name) is not { } path)
            return 0;
        // The relaxed copy lies outside the folder of its dependencies, so they are loaded before it.
        foreach (var dependency in (string[])["c10", "torch_cpu", "torch"])
        {
            if (!_ownLibraries.ContainsKey(dependency) && FindLibrary(dependency) is { } file)
                NativeLibrary.TryLoad(file, out _);
        }
        return LinuxLibraryLoader.Load(path);
    }

    private static string? FindLibrary(string name)
    {
        var search = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"));
        return search.Select(folder => Path.Combine(folder, FileName(name))).FirstOrDefault(File.Exists);
    }

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
