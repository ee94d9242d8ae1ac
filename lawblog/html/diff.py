"""What changed between two bodies, block by block and word by word. Pure.

It compares what a reader would notice: words, emphasis, the kind of block, where a
link leads, which picture is shown. The input is cleaned HTML.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from .blocks import Source, Word, to_blocks

# difflib looks at every pair of equal items, so repeated ones cost their number
# squared. With more pairs than this, a stretch is compared more roughly.
MAX_BLOCK_PAIRS, MAX_WORD_PAIRS = 200_000, 20_000
# With more words, old times new, than this a block is compared sentence by sentence.
MAX_WORDS_SQUARED = 40_000
# How far ahead a rewritten block looks for the one that it became.
LOOK_AHEAD_BLOCKS = 6
# Unchanged blocks kept as landmarks beside a change.
LANDMARKS = 1

# As difflib has it: (tag, start and end in the old, start and end in the new).
Opcode = tuple[str, int, int, int, int]
# A word, and its op as in Run.
Marked = tuple[str, Word]


@dataclass(frozen=True)
class Run:
    """Consecutive words with the same op ("same", "ins" or "del") and style."""

    op: str
    text: str
    style: str = ""


@dataclass(frozen=True)
class Block:
    """kind: same, added, removed, changed, or folded (`count` unchanged blocks)."""

    tag: str
    kind: str
    runs: list[Run] = field(default_factory=list)
    count: int = 0


def compare(before: str, after: str, fold: bool = True) -> list[Block]:
    """Two cleaned bodies → the Blocks that lead from one to the other."""
    old, new = to_blocks(before), to_blocks(after)
    found: list[Block] = []
    for tag, i1, i2, j1, j2 in opcodes(old, new, MAX_BLOCK_PAIRS):
        if tag == "equal":
            found += [whole_block(block, "same") for block in new[j1:j2]]
        else:
            found += rewritten_blocks(old[i1:i2], new[j1:j2])
    return fold_unchanged(found) if fold else found


def opcodes(
    old: Sequence[Hashable], new: Sequence[Hashable], limit: int
) -> list[Opcode]:
    """difflib's opcodes; a single "replace" where there are more than `limit` pairs of
    equal items."""
    start, stop = 0, min(len(old), len(new))
    while start < stop and old[start] == new[start]:
        start += 1
    end = 0
    while end < stop - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end], limit)
    codes = [("equal", 0, start, 0, start)] if start else []
    codes += [
        (tag, i1 + start, i2 + start, j1 + start, j2 + start)
        for tag, i1, i2, j1, j2 in middle
    ]
    if end:
        codes.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return codes


def _middle(
    old: Sequence[Hashable], new: Sequence[Hashable], limit: int
) -> Sequence[Opcode]:
    counts = Counter(new)
    pairs = sum(number * counts[item] for item, number in Counter(old).items())
    if pairs > limit:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def rewritten_blocks(old: Sequence[Source], new: Sequence[Source]) -> list[Block]:
    """Pairs each old block with the new one that took its place, if one did."""
    found: list[Block] = []
    done = 0
    for block in old:
        near = new[done : done + LOOK_AHEAD_BLOCKS]
        place = next(
            (i for i, other in enumerate(near) if are_similar(block, other)), None
        )
        if place is None:
            found.append(whole_block(block, "removed"))
            continue
        found += [whole_block(other, "added") for other in near[:place]]
        found.append(changed_block(block, near[place]))
        done += place + 1
    return found + [whole_block(block, "added") for block in new[done:]]


def are_similar(old: Source, new: Source) -> bool:
    """Whether one reads as a new version of the other: it has half of its words."""
    if old == new:
        return True
    if (old.tag, old.attributes) != (new.tag, new.attributes):
        return False
    shorter, longer = sorted((len(old.words), len(new.words)))
    if longer > 3 * shorter + 3:
        return False
    before, after = (
        Counter(word.text.strip() for word in block.words) for block in (old, new)
    )
    return 2 * (before & after).total() >= shorter


def changed_block(old: Source, new: Source) -> Block:
    if old == new:
        return whole_block(new, "same")
    return Block(new.tag, "changed", runs_of(old.words, new.words))


def runs_of(old: Sequence[Word], new: Sequence[Word]) -> list[Run]:
    """The words of one block as Runs; compared by sentence where they are too many."""
    marked: list[Marked] = []
    for tag, i1, i2, j1, j2 in opcodes(old, new, MAX_WORD_PAIRS):
        if tag == "equal":
            marked += [("same", word) for word in new[j1:j2]]
        elif (i2 - i1) * (j2 - j1) > MAX_WORDS_SQUARED:
            marked += by_sentence(old[i1:i2], new[j1:j2])
        else:
            marked += word_changes(old[i1:i2], new[j1:j2])
    return grouped(marked)


def by_sentence(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Marked]:
    before, after = sentences(old), sentences(new)
    for tag, i1, i2, j1, j2 in opcodes(before, after, MAX_WORD_PAIRS):
        if tag == "equal":
            yield from (("same", word) for words in after[j1:j2] for word in words)
        else:
            yield from word_changes(
                [word for words in before[i1:i2] for word in words],
                [word for words in after[j1:j2] for word in words],
            )


def sentences(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    """The words sentence by sentence: each ends with a full stop or the like."""
    found: list[tuple[Word, ...]] = []
    current: list[Word] = []
    for word in words:
        current.append(word)
        if word.text[-1:] in ".?!":
            found.append(tuple(current))
            current = []
    return found + [tuple(current)] if current else found


def word_changes(old: Iterable[Word], new: Iterable[Word]) -> list[Marked]:
    """All of the old words as deleted, then all of the new ones as inserted."""
    return [*(("del", word) for word in old), *(("ins", word) for word in new)]


def whole_block(block: Source, kind: str) -> Block:
    """A block that is the same, added or removed as a whole."""
    op = {"added": "ins", "removed": "del"}.get(kind, "same")
    return Block(block.tag, kind, grouped([(op, word) for word in block.words]))


def grouped(marked: Iterable[Marked]) -> list[Run]:
    groups = groupby(marked, lambda pair: (pair[0], pair[1].style))
    return [
        Run(op, "".join(word.text for _, word in words), style)
        for (op, style), words in groups
    ]


def fold_unchanged(blocks: list[Block]) -> list[Block]:
    """Long unchanged stretches as one Block that says how many it stands for."""
    found: list[Block] = []
    stretches = [list(s) for _, s in groupby(blocks, lambda b: b.kind == "same")]
    for number, some in enumerate(stretches):
        first, last = number == 0, number == len(stretches) - 1
        head, tail = (0 if first else LANDMARKS), (0 if last else LANDMARKS)
        hidden = len(some) - head - tail
        if some[0].kind != "same" or hidden < 2:
            found += some
        else:
            found += some[:head]
            found.append(Block("p", "folded", count=hidden))
            found += some[len(some) - tail :]
    return found
