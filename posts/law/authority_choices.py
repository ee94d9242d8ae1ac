"""The attorney adds an authority to an article, or strikes one."""

from django.contrib.auth.models import User
from django.db import transaction

from posts.models import AuthorityChoice, Post
from posts.publishing.permissions import require_attorney

from . import counts, index


@transaction.atomic
def set_authority_choice(
    post: Post, key: str, *, is_struck: bool | None, by: User
) -> None:
    """The article rests on the key, or (is_struck) does not, whatever its words say;
    None: as its words say. Readers see it at once. Raises PermissionDenied."""
    require_attorney(by)
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    key = index.canonical_key(key)
    mine = AuthorityChoice.objects.filter(post=post, key=key)
    with counts.updated(post):
        if is_struck is None:
            mine.delete()
        else:
            AuthorityChoice.objects.update_or_create(
                {"is_struck": is_struck}, post=post, key=key
            )
        index.reindex(post.editions.all())
