using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Tests;

/// <summary>A test: what stands before <c>is</c>, and its arguments.</summary>
internal delegate bool Test(Value value, Arguments arguments, RenderSession session);
