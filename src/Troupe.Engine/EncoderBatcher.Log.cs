using Microsoft.Extensions.Logging;

namespace Troupe.Engine;

public sealed partial class EncoderBatcher
{
    [LoggerMessage(LogLevel.Error, "A picture could not be encoded.")]
    private partial void LogPictureFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A pass over {Pictures} pictures failed; each is tried alone.")]
    private partial void LogBatchFailed(Exception exception, int pictures);
}
