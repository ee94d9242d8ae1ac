"""Which pictures the working copies show, so that the library can look them up."""

from django.db import models

from lawblog.html.own_pictures import alts
from lawblog.media.names import ADDRESS, digests_in
from lawblog.models import Picture

from .post import Post


class PostPictureQuerySet(models.QuerySet["PostPicture"]):
    def record(self, post: Post) -> None:
        """Note the pictures of a working copy that is being saved, and what it says of
        those that nobody described yet."""
        now = post.picture_digests
        rows = self.filter(post=post.pk)
        there = set(rows.values_list("digest", flat=True))
        if gone := there - now:
            rows.filter(digest__in=gone).delete()
        if new := now - there:
            # Two saves at once may both find it missing.
            self.bulk_create(
                [PostPicture(post=post, digest=digest) for digest in sorted(new)],
                ignore_conflicts=True,
            )
            _describe(post, new)

    def rebuild(self) -> None:
        """Note those of all working copies, as of a site that had no such table."""
        self.all().delete()
        shows = models.Q(body__contains=ADDRESS) | ~models.Q(cover=None)
        for post in Post.objects.filter(shows).only("body", "cover", "cover_alt"):
            self.record(post)


def _describe(post: Post, digests: set[str]) -> None:
    said = alts(post.body)
    for digest in digests_in(post.cover or ""):
        said.setdefault(digest, post.cover_alt or "")
    for digest in digests:
        if words := said.get(digest, ""):
            Picture.objects.filter(digest=digest, alt="").update(alt=words[:200])


class PostPicture(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="pictures")
    digest = models.CharField(max_length=32, help_text="As the file's name begins.")

    objects = PostPictureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["digest", "post"], name="post_picture_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.digest} in {self.post}"


def note_pictures(
    sender: type[Post],
    instance: Post,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: object,
) -> None:
    """Receiver of post_save."""
    if not raw and (update_fields is None or update_fields & {"body", "cover"}):
        PostPicture.objects.record(instance)
