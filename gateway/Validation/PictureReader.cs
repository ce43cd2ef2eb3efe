using System.Security.Cryptography;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Models.Families;
using Troupe.Models.Vision;

namespace Troupe.Gateway.Validation;

/// <summary>Takes the pictures of one request: their headers are read and their bytes hashed, nothing is decoded.</summary>
internal sealed class PictureReader(RequestLimits limits, ServedModel model, Violations violations)
{
    private readonly List<MediaReference> _media = [];
    private readonly List<ReadOnlyMemory<byte>> _bytes = [];
    private int _count;
    private long _totalBytes;

    public IReadOnlyList<MediaReference> Media => _media;

    public IReadOnlyList<ReadOnlyMemory<byte>> Bytes => _bytes;

    public void Read(ReadOnlyMemory<byte> file, string path)
    {
        if (!model.Modalities.Contains(Modality.Image))
        {
            violations.Add(path, "is a picture", $"{string.Join(" and ", model.Modalities)}, which is what model {model.Model.Name} takes", "Ask a model that sees pictures (ListModels tells which do).");
            return;
        }

        if (++_count > limits.Pictures.MaxPictures)
        {
            if (_count == limits.Pictures.MaxPictures + 1)
                violations.Add(path, $"is picture {_count} of the request", $"at most {limits.Pictures.MaxPictures} pictures", "Send fewer.");
            return;
        }

        if (Fits(file.Length, $"{path}.data") && Header(file, $"{path}.data") is { } header)
        {
            _media.Add(new MediaReference(Convert.ToHexStringLower(SHA256.HashData(file.Span)), file.Length, header.Size.Width, header.Size.Height));
            _bytes.Add(file);
        }
    }

    private bool Fits(int length, string path)
    {
        var before = _totalBytes;
        _totalBytes += length;
        if (_totalBytes <= limits.MaxMediaBytes)
            return true;
        if (before <= limits.MaxMediaBytes)
            violations.Add(path, $"brings the pictures of the request to {_totalBytes} bytes", $"at most {limits.MaxMediaBytes} bytes in all", "Send fewer or smaller pictures.");
        return false;
    }

    private PictureHeader? Header(ReadOnlyMemory<byte> file, string path)
    {
        try
        {
            return PictureHeader.Read(file.Span, limits.Pictures);
        }
        catch (PictureException exception)
        {
            violations.Add(path, $"is refused: {exception.Message} Send a PNG, JPEG, WebP, GIF or BMP file within the limits.");
            return null;
        }
    }
}
