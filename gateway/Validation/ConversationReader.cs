using System.Buffers;
using System.Text;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Prompts;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Validation;

/// <summary>Reads the messages of one request for one model. What it returns is good only if it added no violation.</summary>
internal sealed class ConversationReader(RequestLimits limits, ServedModel model, Violations violations)
{
    private static readonly SearchValues<char> RoleCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly PictureReader _pictures = new(limits, model, violations);
    private int _parts;
    private long _textBytes;

    public Conversation Read(IReadOnlyList<V1.Message> messages)
    {
        if (messages.Count == 0 || messages.Count > limits.MaxMessages)
        {
            violations.Add("messages", $"has {messages.Count} turns", $"1 to {limits.MaxMessages} turns", messages.Count == 0 ? "Send at least one." : "Leave out the oldest.");
            return new Conversation([], [], []);
        }

        var turns = messages.Select((message, index) => Read(message, $"messages[{index}]")).ToArray();
        if (_parts > limits.MaxParts)
            violations.Add("messages", $"has {_parts} parts in all", $"at most {limits.MaxParts}", "Join neighbouring texts.");
        return new Conversation(turns, [.. _pictures.Media], _pictures.Bytes);
    }

    private Turn Read(V1.Message message, string path)
    {
        CheckRole(message.Role, $"{path}.role");
        if (message.Content.Count == 0)
            violations.Add($"{path}.content", "is empty", "at least one part", "Leave the turn out, or send an empty text.");
        _parts += message.Content.Count;
        if (_parts > limits.MaxParts)
            return new Turn(message.Role, []);
        return new Turn(message.Role, [.. message.Content.Select((part, index) => Read(part, $"{path}.content[{index}]"))]);
    }

    // Templates write roles into the prompt as they are.
    private void CheckRole(string role, string path)
    {
        if (role.Length is 0 || role.Length > limits.MaxRoleLength)
            violations.Add(path, $"has {role.Length} characters", $"1 to {limits.MaxRoleLength} characters", "Most models know system, user and assistant.");
        else if (role.AsSpan().ContainsAnyExcept(RoleCharacters))
            violations.Add(path, $"is {role}", "characters A-Z a-z 0-9 _ -", "Most models know system, user and assistant.");
    }

    private TurnPart Read(V1.Part part, string path)
    {
        switch (part.PartCase)
        {
            case V1.Part.PartOneofCase.Text:
                CountText(part.Text, $"{path}.text");
                return new TurnPart(part.Text);
            case V1.Part.PartOneofCase.Image:
                _pictures.Read(part.Image.Data.Memory, $"{path}.image");
                return new TurnPart(null);
            default:
                violations.Add(path, "is empty", "a text or an image", "Set one of them; a newer kind of part is not known to this server.");
                return new TurnPart("");
        }
    }

    private void CountText(string text, string path)
    {
        var before = _textBytes;
        _textBytes += Encoding.UTF8.GetByteCount(text);
        if (before <= limits.MaxTextBytes && _textBytes > limits.MaxTextBytes)
            violations.Add(path, $"brings the text of the request to {_textBytes} bytes", $"at most {limits.MaxTextBytes} bytes in all", "Shorten the conversation.");
    }
}
