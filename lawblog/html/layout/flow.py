"""Blocks, and the words between them, in the order in which they are read. Pure."""

from __future__ import annotations

from .runs import Run, joined


class Flow:
    """Blocks as HTML, and the words between them as runs, in order."""

    def __init__(self, split: bool = False) -> None:
        self.items: list[str | list[Run]] = []
        self.split = split

    def add(self, run: Run) -> None:
        if self.items and isinstance(self.items[-1], list):
            self.items[-1].append(run)
        else:
            self.items.append([run])

    def block(self, html: str) -> None:
        self.items.append(html)

    @property
    def has_blocks(self) -> bool:
        return any(isinstance(item, str) for item in self.items)

    def html(self, *, wrap: bool | None = None) -> str:
        """All of it; loose words are paragraphs where there are blocks beside them."""
        wrap = self.has_blocks if wrap is None else wrap
        return "".join(
            item if isinstance(item, str) else self._written(item, wrap)
            for item in self.items
        )

    def blocks(self, start: str) -> list[str | list[Run]]:
        """Its items, every word in a block."""
        written = (
            item if isinstance(item, str) else self._paragraphs(item, start)
            for item in self.items
        )
        return [html for html in written if html]

    def _written(self, runs: list[Run], wrap: bool) -> str:
        return (self._paragraphs(runs, "<p>") if wrap else "") or joined(runs)

    def _paragraphs(self, runs: list[Run], start: str) -> str:
        parts = _parts(runs) if self.split else [runs]
        words = (joined(_trimmed(part)).strip() for part in parts)
        return "".join(f"{start}{html}</p>" for html in words if html)


def _trimmed(runs: list[Run]) -> list[Run]:
    while runs and runs[0].is_blank:
        runs = runs[1:]
    while runs and runs[-1].is_blank:
        runs = runs[:-1]
    return runs


def is_split(runs: list[Run]) -> bool:
    return len(_parts(runs)) > 1


def _parts(runs: list[Run]) -> list[list[Run]]:
    """What two line breaks or more separate; a single one stays."""
    parts: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if run.html == "<br>":
            breaks += 1
        elif not run.is_blank:
            if breaks > 1:
                parts.append([])
            breaks = 0
        parts[-1].append(run)
    for part in parts:
        while part and (part[-1].is_blank or part[-1].html == "<br>"):
            part.pop()
        while part and (part[0].is_blank or part[0].html == "<br>"):
            part.pop(0)
    return [part for part in parts if part] or [[]]
