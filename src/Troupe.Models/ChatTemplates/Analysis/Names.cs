using Troupe.Models.ChatTemplates.Syntax;

namespace Troupe.Models.ChatTemplates.Analysis;

/// <summary>Which names statements read.</summary>
internal static class Names
{
    /// <summary>Whether a name is read anywhere in statements before it is assigned there.</summary>
    public static bool IsRead(IReadOnlyList<Statement> statements, string name)
    {
        foreach (var statement in Children.Tree(statements))
        {
            if (Children.Of(statement).SelectMany(Children.Tree).Any(expression => expression is Expression.Name read && read.Identifier == name))
                return true;
            if (Assigned(statement).Contains(name))
                return false;
        }
        return false;
    }

    private static IEnumerable<string> Assigned(Statement statement)
    {
        IEnumerable<Target> targets = statement switch
        {
            Statement.Set set => [set.Target],
            Statement.SetBlock set => [set.Target],
            Statement.For loop => [loop.Target],
            Statement.With with => with.Bindings.Select(binding => binding.Target),
            _ => [],
        };
        return targets.SelectMany(Children.Leaves).OfType<Target.Name>().Select(target => target.Identifier);
    }
}
