"""Progress bars for people at a terminal; nothing is printed otherwise."""

import sys

from tqdm import tqdm


class Progress:
    """A bar on standard error while somebody sits before it. Called with how much more
    is done. total: None where it is not known; unit: " B" for bytes."""

    def __init__(self, label: str, total: int | None, unit: str = "") -> None:
        self.done = 0
        self.bar = tqdm(
            desc=label,
            total=total,
            unit=unit,
            unit_scale=unit == " B",
            file=sys.stderr,
            # None: only on a terminal.
            disable=None,
            leave=False,
        )

    def __call__(self, more: int) -> None:
        self.done += more
        self.bar.update(more)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *exception: object) -> None:
        self.bar.close()
