"""The ids of headings, as our pages have them. Pure."""

from collections import Counter

from django.utils.text import slugify

# Ids of the page around the text. Those within the text have a colon, which the id of a
# heading never has.
TAKEN = ("main", "related", "q")


class HeadingIds:
    """Gives the headings of one text their ids, in order: the words of each, accents
    folded; of two alike the second ends in -2."""

    def __init__(self) -> None:
        self.taken = Counter(TAKEN)

    def id_of(self, words: str) -> str:
        base = own = slugify(words)[:60].strip("-_") or "section"
        while self.taken[own]:
            self.taken[base] += 1
            own = f"{base}-{self.taken[base]}"
        self.taken[own] += 1
        return own
