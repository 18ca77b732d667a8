using ModelSlim.Tool;
using ModelSlim.Tool.Verbs;

using var interruption = new Interruption(Environment.Exit);
interruption.Listen();
return await new Application(ToolHost.OfProcess(), VerbCatalog.All).RunAsync(args, interruption);
