using System;

namespace Microsoft.Build.Framework;

/// <summary>
/// Tells MSBuild that a task depends on no process-wide state. MSBuild looks for the name only, so that the task also loads in
/// versions that do not know it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
