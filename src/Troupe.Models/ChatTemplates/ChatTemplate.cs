using Troupe.Models.ChatTemplates.Analysis;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Lexing;
using Troupe.Models.ChatTemplates.Parsing;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Syntax;
using Troupe.Models.ChatTemplates.Values;
using Troupe.Models.Text;

namespace Troupe.Models.ChatTemplates;

/// <summary>
/// A checkpoint's chat template: the Jinja of transformers' <c>apply_chat_template</c> (an immutable sandbox with trim_blocks, lstrip_blocks, loop
/// controls and the generation block), rendered with the provenance of every character. Work and memory are bounded, whatever the template and
/// the conversation say.
/// </summary>
public sealed class ChatTemplate
{
    private readonly IReadOnlyList<Statement> _statements;
    private readonly ChatTemplateLimits _limits;

    private ChatTemplate(IReadOnlyList<Statement> statements, ChatTemplateLimits limits)
    {
        (_statements, _limits) = (statements, limits);
        ReadsContentParts = ContentParts.AreRead(statements);
    }

    /// <summary>
    /// Whether the template takes the content of a message apart as a list of parts (loops over it, filters its elements, reads members of an element),
    /// rather than only printing it as one string. Decided from the syntax tree; content is followed through variables and parameters of macros.
    /// </summary>
    public bool ReadsContentParts { get; }

    /// <param name="source">The text of the template.</param>
    /// <exception cref="ChatTemplateException">A syntax error, or a tag, filter or test that is unknown, with its line.</exception>
    public static ChatTemplate Parse(string source) => Parse(source, ChatTemplateLimits.Default);

    /// <param name="source">The text of the template.</param>
    /// <param name="limits">What parsing and each rendering may cost.</param>
    /// <exception cref="ChatTemplateException">As for the other overload; or a limit.</exception>
    public static ChatTemplate Parse(string source, ChatTemplateLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
            throw new ChatTemplateException(
                $"it has {source.Length} characters; {limits.MaxSourceLength} is the limit ({nameof(ChatTemplateLimits.MaxSourceLength)}).", 1);
        try
        {
            return new ChatTemplate(TemplateParser.Parse(source, limits), limits);
        }
        catch (SyntaxException e)
        {
            throw new ChatTemplateException(e.Message, e.Line, e);
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new ChatTemplateException("it nests too deeply for the stack.", 1, e);
        }
    }

    /// <summary>Renders a conversation. Safe for concurrent use.</summary>
    /// <exception cref="ChatTemplateException">What the template raised, an evaluation error or a limit, with the line.</exception>
    public ProvenanceText Render(ChatTemplateInput input)
    {
        var session = new RenderSession(_limits, input.Now);
        try
        {
            var output = new TextBuilder(session.Budget);
            new StatementExecutor(session).Execute(_statements, new Scope(Context(input, session)), output);
            return output.ToProvenanceText();
        }
        catch (EvaluationException e)
        {
            throw new ChatTemplateException(e.Message, session.Line, e);
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new ChatTemplateException("evaluation nests too deeply for the stack.", session.Line, e);
        }
    }

    private static Scope Context(ChatTemplateInput input, RenderSession session)
    {
        var globals = new Scope(null);
        Globals.AddTo(globals);
        var context = new Scope(globals);
        foreach (var (name, text) in input.SpecialTokens)
            context.Set(name, StringValue.Template(text));
        var json = new JsonValues(session.Budget);
        foreach (var (name, value) in input.Variables ?? [])
            context.Set(name, json.Convert(value));
        Set("messages", json.Convert(input.Messages));
        Set("tools", json.Convert(input.Tools));
        Set("documents", json.Convert(input.Documents));
        Set("add_generation_prompt", BoolValue.Of(input.AddGenerationPrompt));
        return context;

        void Set(string name, Value value)
        {
            if (input.Variables?.ContainsKey(name) == true)
                throw new EvaluationException($"'{name}' cannot be one of the further variables of the template; it is given by itself.");
            context.Set(name, value);
        }
    }
}
