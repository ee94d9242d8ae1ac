"""Who may publish and withdraw. `setup` gives this right to attorneys alone."""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied

from lawblog.records.acting import approver


def may_publish(user: User | AnonymousUser) -> bool:
    return user.has_perm("posts.publish_post")


def require_attorney(by: User | None) -> None:
    """PermissionDenied unless an attorney does it; ValidationError for one without a
    full name, whom the record could not name. None is a program, which may."""
    if by is None:
        return
    if not may_publish(by):
        raise PermissionDenied("Only an attorney may publish or withdraw an article.")
    approver(by)
