namespace Troupe.Models.Families;

/// <summary>Finds where the features of each medium go.</summary>
internal static class MediaSlots
{
    /// <summary>Placeholder positions in order take the rows of the media in order; rows that follow one another make one slot.</summary>
    /// <param name="rows">Feature rows of each medium.</param>
    /// <exception cref="PromptException">There are more or fewer placeholders than rows.</exception>
    public static IReadOnlyList<MediaSlot> Find(int[] ids, int placeholder, int[] rows)
    {
        var slots = new List<MediaSlot>();
        int medium = 0, row = 0, found = ids.Count(id => id == placeholder);
        if (found != rows.Sum())
            throw new PromptException($"The prompt has {found} media placeholders for {rows.Sum()} feature rows.");
        for (var position = 0; position < ids.Length; position++)
        {
            if (ids[position] != placeholder)
                continue;
            while (row == rows[medium])
                (medium, row) = (medium + 1, 0);
            if (slots.Count > 0 && slots[^1] is var last && last.Medium == medium && last.Position + last.Length == position)
                slots[^1] = last with { Length = last.Length + 1 };
            else
                slots.Add(new MediaSlot(medium, row, position, 1));
            row++;
        }
        return slots;
    }
}
