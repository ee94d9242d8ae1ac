"""What changed between two bodies, block by block and word by word. Pure.

Made for reading, so it compares what a reader would notice: words, emphasis, the
kind of block, where a link leads, which picture is shown. Input is cleaned HTML.
"""

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from .blocks import to_blocks

# difflib looks at every pair of equal items, so that repeated ones cost their number
# squared. Beyond these many pairs a stretch is compared more roughly.
BLOCK_PAIRS, WORD_PAIRS = 200_000, 20_000
# How far ahead a rewritten block looks for the one that it became.
WINDOW = 6
# Unchanged blocks kept as landmarks beside a change.
LANDMARKS = 1


@dataclass(frozen=True)
class Run:
    """Consecutive words of one fate: op is "same", "ins" or "del"."""

    op: str
    text: str
    style: str = ""


@dataclass(frozen=True)
class Block:
    """kind: same, added, removed, changed, or folded (`count` unchanged blocks)."""

    tag: str
    kind: str
    runs: list = field(default_factory=list)
    count: int = 0


def compare(before, after, fold=True):
    """Two cleaned bodies → the list of Blocks that leads from one to the other."""
    old, new = to_blocks(before), to_blocks(after)
    found = []
    for tag, a, b, c, d in opcodes(old, new, BLOCK_PAIRS):
        if tag == "equal":
            found += [whole(block, "same") for block in new[c:d]]
        else:
            found += rewritten(old[a:b], new[c:d])
    return folded(found) if fold else found


def opcodes(old, new, limit):
    """difflib's opcodes; one "replace" for the part whose equal pairs pass `limit`."""
    start, stop = 0, min(len(old), len(new))
    while start < stop and old[start] == new[start]:
        start += 1
    end = 0
    while end < stop - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    counts = Counter(b)
    pairs = sum(number * counts[item] for item, number in Counter(a).items())
    if pairs > limit:
        middle = [("replace", 0, len(a), 0, len(b))]
    else:
        middle = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    codes = [("equal", 0, start, 0, start)] if start else []
    codes += [(t, *(i + start for i in span)) for t, *span in middle]
    if end:
        codes.append(
            ("equal", len(old) - end, len(old), len(new) - end, len(new)),
        )
    return codes


def rewritten(old, new):
    """Pairs each old block with the new one that took its place, where one did."""
    found, done = [], 0
    for block in old:
        near = new[done : done + WINDOW]
        place = next((i for i, other in enumerate(near) if akin(block, other)), None)
        if place is None:
            found.append(whole(block, "removed"))
            continue
        found += [whole(other, "added") for other in near[:place]]
        found.append(paired(block, near[place]))
        done += place + 1
    return found + [whole(block, "added") for block in new[done:]]


def akin(old, new):
    """Whether one reads as a new version of the other: half the words in common."""
    if old == new:
        return True
    if (old.tag, old.attributes) != (new.tag, new.attributes):
        return False
    shorter, longer = sorted((len(old.words), len(new.words)))
    if longer > 3 * shorter + 3:
        return False
    a, b = (Counter(word.text.strip() for word in block.words) for block in (old, new))
    return 2 * (a & b).total() >= shorter


def paired(old, new):
    if old == new:
        return whole(new, "same")
    return Block(new.tag, "changed", runs_of(old.words, new.words))


def runs_of(old, new):
    """The words of one block as Runs; by sentence where words are too many."""
    marked = []
    for tag, a, b, c, d in opcodes(old, new, WORD_PAIRS):
        if tag == "equal":
            marked += [("same", word) for word in new[c:d]]
        elif (b - a) * (d - c) > 40_000:
            marked += by_sentence(old[a:b], new[c:d])
        else:
            marked += fates(old[a:b], new[c:d])
    return grouped(marked)


def by_sentence(old, new):
    old, new = sentences(old), sentences(new)
    for tag, a, b, c, d in opcodes(old, new, WORD_PAIRS):
        if tag == "equal":
            yield from (("same", word) for words in new[c:d] for word in words)
        else:
            yield from fates(
                [word for words in old[a:b] for word in words],
                [word for words in new[c:d] for word in words],
            )


def sentences(words):
    """Tuples of words, each up to the word that ends with a full stop or the like."""
    found, current = [], []
    for word in words:
        current.append(word)
        if word.text[-1:] in ".?!":
            found.append(tuple(current))
            current = []
    return found + [tuple(current)] if current else found


def fates(old, new):
    return [*(("del", word) for word in old), *(("ins", word) for word in new)]


def whole(block, kind):
    op = {"added": "ins", "removed": "del"}.get(kind, "same")
    return Block(block.tag, kind, grouped([(op, word) for word in block.words]))


def grouped(marked):
    groups = groupby(marked, lambda pair: (pair[0], pair[1].style))
    return [
        Run(op, "".join(word.text for _, word in words), style)
        for (op, style), words in groups
    ]


def folded(blocks):
    """Long unchanged stretches as one Block that says how many it stands for."""
    found = []
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
