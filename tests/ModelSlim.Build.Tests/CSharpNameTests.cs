namespace ModelSlim.Build.Tests;

public sealed class CSharpNameTests
{
    [Theory]
    [InlineData("digits", "Digits")]
    [InlineData("mobile-net_v2.1", "MobileNetV21")]
    [InlineData("resnet50 (copy)", "Resnet50Copy")]
    [InlineData("yoloV8", "YoloV8")]
    [InlineData("3d-net", "_3dNet")]
    [InlineData("class", "Class")]
    [InlineData("größe", "Größe")]
    [InlineData("模型 1", "模型1")]
    [InlineData("soft\u00adhyphen", "Softhyphen")]
    [InlineData("smile\U0001F600face", "SmileFace")]
    [InlineData("lone\ud83dhalf", "LoneHalf")]
    [InlineData("---", "Model")]
    [InlineData("", "Model")]
    public void Makes_a_class_of_a_file(string file, string name)
    {
        Assert.Equal(name, CSharpName.ClassOf(file));
        Assert.True(CSharpName.IsIdentifier(name));
    }

    [Theory]
    [InlineData("App", "App")]
    [InlineData("my-app.3d.new.größe", "my_app._3d.@new.größe")]
    [InlineData("a..b. .c", "a.b.c")]
    [InlineData("", "")]
    public void Makes_a_namespace_of_a_project(string project, string name) => Assert.Equal(name, CSharpName.NamespaceOf(project));

    [Theory]
    [InlineData("class", "@class")]
    [InlineData("record", "@record")]
    [InlineData("Class", "Class")]
    public void A_keyword_gets_its_sign(string word, string name) => Assert.Equal(name, CSharpName.Escape(word));

    [Theory]
    [InlineData("a", true)]
    [InlineData("_", true)]
    [InlineData("ñ1", true)]
    [InlineData("", false)]
    [InlineData("1a", false)]
    [InlineData("a-b", false)]
    [InlineData("a b", false)]
    [InlineData("a<T>", false)]
    [InlineData("@a", false)]
    public void Knows_what_is_a_name(string word, bool isName) => Assert.Equal(isName, CSharpName.IsIdentifier(word));
}
