"""A public page is rendered once, kept compressed, and never stale."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def not_kept(view: View) -> View:
    """Decorates a public view that answers each request anew."""
    # Read by store.is_keepable().
    view.kept = False  # type: ignore[attr-defined]
    return view
