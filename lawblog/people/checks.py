"""A system check: whether this version of allauth was examined."""

import allauth
from django.core.checks import CheckMessage, Error, register

from .inside_allauth import EXAMINED


@register
def allauth_is_examined(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """lawblog.E007."""
    if allauth.__version__ in EXAMINED:
        return []
    hint = (
        "Read what changed in what lawblog/people/inside_allauth.py names and in the "
        "views that lawblog/people/urls.py mounts, run the tests, then add "
        "it to EXAMINED."
    )
    message = f"django-allauth is {allauth.__version__}, not {EXAMINED[0]}."
    return [Error(message, hint=hint, id="lawblog.E007")]
