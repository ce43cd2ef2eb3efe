using Troupe.Contracts.Generation;

namespace Troupe.Grains.Generation;

/// <summary>A call to a stage's grain whose silo may die under it.</summary>
internal static class StageCall
{
    private const int Attempts = 3;

    /// <summary>Stages are repeatable: a call that was lost with its silo is made again, elsewhere.</summary>
    public static async Task<T> Try<T>(string role, Func<Task<T>> call, Func<RefusalKind, string, T> refused)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (IsLost(e) && attempt < Attempts)
            {
            }
            catch (OperationCanceledException)
            {
                return refused(RefusalKind.Cancelled, "The request was cancelled.");
            }
            catch (Exception e) when (IsLost(e) || e is OrleansException)
            {
                return refused(RefusalKind.Unavailable, $"No healthy silo with the role {role} answered ({e.Message}); start one, or try again later.");
            }
            catch (Exception e)
            {
                return refused(RefusalKind.Internal, $"The {role} stage failed: {e.Message}");
            }
        }
    }

    /// <summary>The silo behind the call died, or went silent.</summary>
    public static bool IsLost(Exception e) => e is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException or Orleans.Runtime.Messaging.ConnectionFailedException;
}
