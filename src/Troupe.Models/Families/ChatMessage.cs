namespace Troupe.Models.Families;

/// <summary>One turn of a conversation, before the chat template is applied.</summary>
public sealed record ChatMessage(string Role, IReadOnlyList<ContentPart> Content);

/// <summary>A piece of a turn, in the order in which the caller gave them.</summary>
public abstract record ContentPart;

/// <summary>Text from the caller. It never becomes a special token or a media placeholder.</summary>
public sealed record TextPart(string Text) : ContentPart;

/// <summary>The place of a picture; its size is found under the same position in the list of pictures.</summary>
public sealed record ImagePart : ContentPart;
