"""What to show someone whose article was saved by somebody else meanwhile."""

from django.utils.dateparse import parse_datetime

from lawblog.desk.locking import stamp
from posts.models import Post

from . import versions as history


def conflict(data, form):
    """What the other one changed and how the sent form differs, as changes(); None
    when the form (bound to `data`) was filled in for the article as it is."""
    current = Post.objects.filter(pk=form.instance.pk).first()
    if not current or stamp(current) in (data.get("seen"), data.get("over")):
        return None
    theirs = history.working_copy(current)
    topics = form.cleaned_data.get("topics", current.topics.all())
    mine = history.working_copy(form.instance, topics)
    opened = _as_opened(current, data.get("seen"))
    return {
        "by": theirs.by or "Somebody",
        "at": current.updated_at,
        "stamp": stamp(current),
        "theirs": opened and history.changes(opened, theirs),
        "mine": history.changes(theirs, mine),
    }


def _as_opened(post, seen):
    """The State that the form was opened with, if it is on record."""
    try:
        moment = parse_datetime(seen or "")
    except ValueError:
        moment = None
    earlier = [
        state
        for state in history.saves(post)
        # Kept to the millisecond, and rounded down.
        if moment and state.values["updated_at"] <= moment
    ]
    return earlier[-1] if earlier else None
