using Troupe.Contracts.V1;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>Where the demo tells what happens.</summary>
internal interface IDemoOutput
{
    /// <summary>Does something that takes a while, and says so.</summary>
    Task Working(string what, Func<Task> work);

    void Question(string prompt, DemoPicture? picture);

    void Tokens(Tokens tokens);

    void Answer(DemoAnswer answer);

    /// <summary>The demo is over; the gateway serves on.</summary>
    void Serving(GatewayAddresses addresses);
}
