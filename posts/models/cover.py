"""An article's cover picture, as fields of its words."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from lawblog.html.characters import printable
from lawblog.html.own_pictures import DECORATIVE_WORDS
from lawblog.media.names import digests_in, is_picture

UNDESCRIBED = (
    "Say in a few words what the cover picture shows, for people who cannot see it. "
    "If it says nothing, write: decorative"
)
_PERCENT = MaxValueValidator(100)


def focus(x: int | None, y: int | None) -> tuple[int, int]:
    """The point to keep in sight, in percent; the middle where none is named."""
    return 50 if x is None else x, 50 if y is None else y


class CoverMixin(models.Model):
    """`cover`: the address of a stored picture. `cover_x`, `cover_y`: in percent from
    the left and from the top, the point that stays in sight wherever the picture is
    cut; None is the middle. Empty is None, which editions older than the fields say."""

    # None and not "", so that a digest made before these fields stays what it was.
    cover = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001
    cover_alt = models.CharField(  # noqa: DJ001
        "what the cover shows",
        max_length=200,
        null=True,
        blank=True,
        help_text="For people who cannot see it, in a few words. If it says nothing, "
        "write: decorative",
    )
    cover_x = models.PositiveSmallIntegerField(
        "from the left, in percent", null=True, blank=True, validators=[_PERCENT]
    )
    cover_y = models.PositiveSmallIntegerField(
        "from the top, in percent", null=True, blank=True, validators=[_PERCENT]
    )

    class Meta:
        abstract = True

    def clean_cover(self) -> None:
        """Tidies the fields; ValidationError for a picture that is not ours or
        that nobody described."""
        if not self.cover:
            self.cover = self.cover_alt = self.cover_x = self.cover_y = None
            return
        if not is_picture(self.cover):
            raise ValidationError("Choose the cover picture again: it did not arrive.")
        self.cover_alt = printable(self.cover_alt or "").strip() or None
        if not self.cover_alt:
            raise ValidationError({"cover_alt": UNDESCRIBED})

    @property
    def cover_words(self) -> str:
        """What a screen reader says of the picture; nothing for a decoration."""
        words = self.cover_alt or ""
        return "" if words.lower() in DECORATIVE_WORDS else words

    @property
    def cover_focus(self) -> tuple[int, int]:
        """(from the left, from the top), in percent."""
        return focus(self.cover_x, self.cover_y)

    @property
    def cover_digests(self) -> set[str]:
        """The digest of the cover picture, if there is one."""
        return digests_in(self.cover or "")
