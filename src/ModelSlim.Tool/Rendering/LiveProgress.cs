using ModelSlim.Core.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelSlim.Tool.Rendering;

/// <summary>Progress on a terminal: a bar a stage, with the time left, gone when the work is done.</summary>
/// <param name="console">Standard error.</param>
internal sealed class LiveProgress(IAnsiConsole console) : IProgress<StageProgress>
{
    private const string Left = "left";

    private readonly Lock gate = new();
    private ProgressContext? context;
    private ProgressTask? current;
    private string stage = string.Empty;

    /// <summary>Does work and shows progress meanwhile.</summary>
    public Task<T> DuringAsync<T>(Func<Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new TimeLeftColumn())
        .StartAsync(started =>
        {
            lock (gate)
            {
                context = started;
            }

            return work();
        });

    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        lock (gate)
        {
            if (context is null)
            {
                return;
            }

            if (current is null || value.Stage != stage)
            {
                Finish(current);
                current = context.AddTask(Markup.Escape(value.Stage));
                stage = value.Stage;
            }

            current.Description = Markup.Escape(value.Detail.Length > 0 ? $"{value.Stage}: {value.Detail}" : value.Stage);
            current.IsIndeterminate = value.Total == 0;
            current.MaxValue = Math.Max(value.Total, 1);
            current.Value = value.Done;
            current.State.Update<TimeSpan>(Left, _ => value.Remaining ?? TimeSpan.Zero);
        }
    }

    private static void Finish(ProgressTask? task)
    {
        if (task is not null)
        {
            task.IsIndeterminate = false;
            task.Value = task.MaxValue;
            task.State.Update<TimeSpan>(Left, _ => TimeSpan.Zero);
        }
    }

    private sealed class TimeLeftColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.State.Get<TimeSpan>(Left) is { Ticks: > 0 } left ? $"{Quantity.Time(left)} left" : string.Empty);
    }
}
