using Troupe.Grains.Hosting;

// A machine of the cluster: its roles come from the section Troupe, HTTP is for health and metrics.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(builder.Configuration.GetValue("Troupe:Silo:Port", 8082)));
builder.AddServiceDefaults().AddTroupeSilo();

var app = builder.Build();
app.MapServiceDefaults();
await app.RunAsync();
return 0;
