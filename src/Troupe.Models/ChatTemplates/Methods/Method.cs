using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>A method of a type: the value it is called on, and its arguments.</summary>
internal delegate Value Method<in T>(T self, Arguments arguments, RenderSession session);
