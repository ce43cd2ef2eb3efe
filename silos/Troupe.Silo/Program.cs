using Troupe.Grains.Hosting;
using Troupe.Models.Checkpoints;

// A machine of the cluster: its roles come from the section Troupe, HTTP is for health and metrics.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(builder.Configuration.GetValue("Troupe:Silo:Port", 8082)));
try
{
    builder.AddServiceDefaults().AddTroupeSilo();
    var app = builder.Build();
    app.MapServiceDefaults();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is ArgumentException or CheckpointException or IOException)
{
    await Console.Error.WriteLineAsync($"troupe: {exception.Message.ReplaceLineEndings(" ")}"); // a setting, a model or a port that a person can mend
    return 1;
}
