using CsCheck;
using Troupe.Contracts.Decoding;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Tests.Protocol;

public sealed class PendingChunksTests
{
    [Fact]
    public void However_steps_are_joined_each_choice_gets_its_tokens_in_order_and_whole() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool).Array[0, 60].Sample(steps =>
        {
            var pending = new PendingChunks();
            var sent = new Dictionary<int, List<int>>();
            var received = new Dictionary<int, List<int>>();
            foreach (var (choice, count, takes) in steps)
            {
                var said = sent.TryGetValue(choice, out var list) ? list : sent[choice] = [];
                int[] ids = [.. Enumerable.Range(said.Count, count)];
                pending.Add(OwnerStory.Chunk(said.Count, ids) with { Choice = choice });
                said.AddRange(ids);
                if (takes)
                    Receive(pending.Take(), received);
            }
            Receive(pending.Take(), received);

            Assert.True(pending.IsEmpty);
            foreach (var (choice, ids) in sent)
                Assert.Equal(ids, received[choice]);
        });

    [Fact]
    public void Steps_of_one_choice_become_one_chunk_and_nothing_is_joined_behind_its_end()
    {
        var pending = new PendingChunks();
        pending.Add(OwnerStory.Chunk(0, [1]));
        pending.Add(OwnerStory.Chunk(1, [2]) with { Finish = ChoiceEnd.Stop });
        pending.Add(OwnerStory.Chunk(2, [3]));

        var chunks = pending.Take();
        var chunk = chunks[0];
        Assert.Equal(2, chunks.Length);
        Assert.Equal([1, 2], chunk.TokenIds);
        Assert.Equal("12", chunk.Text);
        Assert.Equal(ChoiceEnd.Stop, chunk.Finish);
    }

    private static void Receive(StepChunk[] chunks, Dictionary<int, List<int>> received)
    {
        foreach (var chunk in chunks)
        {
            var ids = received.TryGetValue(chunk.Choice, out var list) ? list : received[chunk.Choice] = [];
            Assert.Equal(ids.Count, chunk.FirstIndex);
            Assert.Equal(string.Concat(chunk.TokenIds), chunk.Text);
            ids.AddRange(chunk.TokenIds);
        }
    }
}
