"""Makers of articles: drafts, editions, and what the desk's form sends of one."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.text import slugify

from lawblog.desk.locking import version_token
from posts import publishing
from posts.models import Edition, Post, Topic


@pytest.fixture
def make_post(db: None) -> Callable[..., Post]:
    """make_post("A title", topics=["Asylum"], **fields) → a draft."""

    def make(title: str = "A title", topics: Iterable[str] = (), **fields: Any) -> Post:
        fields = {
            "slug": slugify(title),
            "summary": f"Summary of {title}.",
            "body": f"<p>Text of {title}.</p>",
            "law_as_of": date(2026, 11, 2),
            **fields,
        }
        post = Post.objects.create(title=title, **fields)
        for name in topics:
            topic, _ = Topic.objects.get_or_create(
                name=name, defaults={"slug": slugify(name)}
            )
            post.topics.add(topic)
        return post

    return make


@pytest.fixture
def publish(make_post: Callable[..., Post]) -> Callable[..., Edition]:
    """publish("A title", …) or publish(post): an edition that nobody signed."""

    def make(
        post: Post | str = "A title", *, at: datetime | None = None, **fields: Any
    ) -> Edition:
        if not isinstance(post, Post):
            post = make_post(post, **fields)
        return publishing.publish(post, by=None, at=at)

    return make


@pytest.fixture
def sitemap(client: Client) -> Callable[..., str]:
    """sitemap() → the text of the index and of all its sections."""

    def read(**options: Any) -> str:
        index = client.get("/sitemap.xml", **options).content.decode()
        parts = re.findall(r"<loc>http://127.0.0.1:8000(.*?)</loc>", index)
        pages = [client.get(part, **options).content.decode() for part in parts]
        return "\n".join([index, *pages])

    return read


@pytest.fixture
def post_form() -> Callable[..., dict[str, Any]]:
    """The fields that the admin's article form sends, for a new article or `post`."""

    def make(post: Post | None = None, **fields: Any) -> dict[str, Any]:
        return {
            "version_token": version_token(post) if post else "",
            "superseded_by": "",
            "title": "A title",
            "slug": "a-title",
            "summary": "",
            "body": "<p>Some text.</p>",
            "language": "en",
            "author": "",
            "published_on": "",
            "law_as_of": "2026-11-02",
            "review_by": "",
            **fields,
        }

    return make
