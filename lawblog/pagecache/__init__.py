"""A public page is rendered once, kept compressed, and never stale."""


def not_kept(view):
    """Decorates a public view whose answer is made anew for each request."""
    view.kept = False
    return view
