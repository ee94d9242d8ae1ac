"""The fingerprint of an edition is part of the firm's record: the same words have the
same one, whatever the code around them is called."""

from datetime import date, datetime, timezone

import pytest

from offices.models import Attorney
from posts.models import Post, Series, Topic
from posts.publishing import digest_of, edition_of, publish

PLAIN = "15a7a87fc99322a8377332799611e29c9d359fea43be68e9d6a84f251aadd22d"
FULL = "a17200a452c26b0af153aec6ef8cad254a34dd6d57cf05e36e6691a780954312"
AT = datetime(2026, 3, 12, 14, 30, tzinfo=timezone.utc)


def plain(slug="work-permits", **more):
    return Post.objects.create(
        title="Work permits",
        slug=slug,
        summary="What a work permit is.",
        body="<p>A work permit[[Form I-766.]] ends on a day.</p>",
        law_as_of=date(2026, 1, 5),
        published_on=date(2026, 2, 3),
        **more,
    )


def full():
    """Every field that an edition can have, with letters of more than one alphabet."""
    plain("permits", pk=17)
    plain("newer-permits", pk=18)
    post = Post.objects.create(
        title="Permisos de trabajo — «ya»",
        slug="permisos",
        summary="Qué es un permiso.",
        body='<h2>Qué</h2>\n<p lang="ar">إذن</p><p><a href="https://example.org">aquí'
        "</a></p>",
        language="es",
        author=Attorney.objects.create(name="Anna Example", slug="anna"),
        law_as_of=date(2026, 1, 5),
        review_by=date(2026, 12, 31),
        published_on=date(2026, 2, 3),
        series=Series.objects.create(pk=41, name="First steps", slug="first-steps"),
        part=2,
        translation_of_id=17,
        superseded_by_id=18,
    )
    for name in ("Trabajo", "Ciudadanía"):
        post.topics.add(Topic.objects.create(name=name, slug=name[:3].lower()))
    return post


@pytest.mark.django_db
@pytest.mark.parametrize("make, digest", [(plain, PLAIN), (full, FULL)])
def test_the_digest_of_the_same_words_is_the_same_byte_for_byte(make, digest):
    post = make()
    first, second = edition_of(post, AT), edition_of(Post.objects.get(pk=post.pk), AT)
    assert first.digest == second.digest == digest
    assert digest_of(first) == digest


def test_a_published_edition_keeps_the_digest_that_was_computed(db):
    edition = publish(plain(), by=None)
    assert edition.digest == PLAIN
    edition.refresh_from_db()
    assert digest_of(edition) == PLAIN
