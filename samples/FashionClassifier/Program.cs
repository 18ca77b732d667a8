using FashionClassifier;

string At(params string[] path) => Path.Combine([AppContext.BaseDirectory, .. path]);

var test = new FashionSet(At("data", "t10k-images-idx3-ubyte.gz"), At("data", "t10k-labels-idx1-ubyte.gz"));
using var original = new FashionNet(At("original", "fashion.onnx"));
using var shipped = new FashionNet(At("models", "fashion.onnx"));
var latencies = new LatencyDuel().Run(original, shipped, test.Pixels(0));

Console.WriteLine($"""

                  original   what this app ships
    accuracy     {original.Accuracy(test),8:0.00%}   {shipped.Accuracy(test),8:0.00%}      on {test.Count:N0} test images
    size         {original.Bytes / 1000.0,5:N0} kB   {shipped.Bytes / 1000.0,5:N0} kB
    latency      {latencies.First,5:N2} ms   {latencies.Second,5:N2} ms      one image, median

    """);

foreach (var index in (int[])[0, 1, 18])
{
    Console.WriteLine(new AsciiPicture().Draw(test.Pixels(index)));
    Console.WriteLine($"It is: {FashionSet.Names[test.Label(index)]}. The app says: {FashionSet.Names[shipped.Classify(test.Pixels(index))]}.");
    Console.WriteLine();
}
