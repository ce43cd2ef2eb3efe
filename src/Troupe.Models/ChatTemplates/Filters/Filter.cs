using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>A filter: what stands before the bar, and its arguments.</summary>
internal delegate Value Filter(Value input, Arguments arguments, RenderSession session);
