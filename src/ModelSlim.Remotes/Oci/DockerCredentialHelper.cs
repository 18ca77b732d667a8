using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelSlim.Remotes.Oci;

/// <summary>
/// A program that keeps Docker's credentials, as its protocol has it: <c>docker-credential-NAME get</c> reads the registry from standard
/// input and writes <c>{ "Username": ..., "Secret": ... }</c>. What it says otherwise is dropped, since nobody knows what stands in it.
/// </summary>
/// <param name="name">Its name, as Docker's configuration has it.</param>
/// <param name="variable">Value of an environment variable, or null.</param>
internal sealed class DockerCredentialHelper(string name, Func<string, string?> variable)
{
    private const int LongestAnswer = 1 << 20;

    /// <summary>What stands for the name of a user where the secret is a token that only Docker can turn into another one.</summary>
    private const string IdentityToken = "<token>";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks it.</summary>
    /// <param name="host">The registry, with its port where it has one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The header for whoever gives tokens; null where there is no such program, it knows nothing, or it takes too long.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<AuthenticationHeaderValue?> AskAsync(string host, CancellationToken cancellation)
    {
        if (Find() is not { } program)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await RunAsync(program, host, limit.Token).ConfigureAwait(false) is { } answer ? Header(answer) : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return null;
        }
    }

    /// <summary>In the folders of PATH, and not in the one that happens to be the current one.</summary>
    private string? Find()
    {
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return null;
        }

        var file = $"docker-credential-{name}{(OperatingSystem.IsWindows() ? ".exe" : "")}";
        return (variable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    private static async Task<string?> RunAsync(string program, string host, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, ["get"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            await process.StandardInput.WriteAsync(host.AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
            var answer = new char[LongestAnswer];
            var length = await process.StandardOutput.ReadBlockAsync(answer, cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode == 0 ? new string(answer, 0, length) : null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static AuthenticationHeaderValue? Header(string answer)
    {
        try
        {
            return JsonNode.Parse(answer) is JsonObject said && (string?)said["Username"] is { } user && (string?)said["Secret"] is { Length: > 0 } secret && user != IdentityToken
                ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
