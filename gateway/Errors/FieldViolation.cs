namespace Troupe.Gateway.Errors;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Its path, as in <c>messages[0].content[1].image.data</c>.</param>
/// <param name="Description">The value, the limit and the remedy.</param>
internal sealed record FieldViolation(string Field, string Description)
{
    public override string ToString() => $"{Field} {Description}";
}
