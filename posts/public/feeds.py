"""Atom, RSS and JSON feeds with the full text: of everything, a topic, an author or an
authority."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Min, Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.feedgenerator import SyndicationFeed

from lawblog.dates import beginning_of
from lawblog.html.characters import printable
from lawblog.site.deadlines import with_deadlines
from offices.models import Attorney, Firm, Office
from posts.law.affected import attach_notices
from posts.models import Edition, Kind, Topic
from posts.reading.notes import for_feed

from .feed_writers import AtomGenerator, Fields, RSSGenerator
from .in_use import topics_in_use
from .json_feed import JSONFeed
from .law import Authority, named_by

ITEMS_A_FEED = 20
_OWN_ADDRESS = re.compile(r'(?<= )(href|src)="/(?!/)')

# The firm, and what a feed is narrowed to.
Narrowed = Topic | Attorney | Authority | None
Of = tuple[Firm, Narrowed]


class Atom(Feed):
    feed_type: type[SyndicationFeed] = AtomGenerator
    suffix = ""

    # One Feed object serves all threads: what a request needs travels as `obj`, and on
    # the editions themselves.
    def get_object(
        self,
        request: HttpRequest,
        topic: str | None = None,
        attorney: str | None = None,
        key: str | None = None,
    ) -> Of:
        narrowed: Narrowed = None
        if topic:
            narrowed = get_object_or_404(topics_in_use(), slug=topic)
        elif attorney:
            author = get_object_or_404(Attorney, slug=attorney)
            if not Edition.objects.live().in_language().filter(author=author):
                raise Http404
            narrowed = author
        elif key:
            narrowed = named_by(key)
        return Firm.objects.the_firm(), narrowed

    def title(self, obj: Of) -> str:
        firm, narrowed = obj
        return f"{firm.display_name}: {narrowed}" if narrowed else firm.display_name

    def subtitle(self, obj: Of) -> str:
        return obj[0].local.tagline or obj[0].local.article_notice

    description = subtitle

    def link(self, obj: Of) -> str:
        narrowed = obj[1]
        home = narrowed.get_absolute_url() if narrowed else reverse("home")
        return settings.SITE_URL + home

    def feed_url(self, obj: Of) -> str:
        narrowed = obj[1]
        kinds: dict[type, str] = {
            Topic: "feed-topic",
            Attorney: "feed-attorney",
            Authority: "feed-law",
        }
        name = kinds.get(type(narrowed), "feed") + self.suffix
        args = [narrowed.slug] if narrowed else []
        return settings.SITE_URL + reverse(name, args=args)

    def items(self, obj: Of) -> list[Edition]:
        firm, narrowed = obj
        offices = Office.objects.on_site()
        live = Edition.objects.live().in_language().newest_first()
        live = live.filter(Q(kind=None) | Q(kind=Kind.GUIDE))
        live = live.with_reviews().prefetch_related("topics")
        if isinstance(narrowed, Authority):
            live = live.filter(authorities__key=narrowed.key)
        elif narrowed:
            kind = "topics" if isinstance(narrowed, Topic) else "author"
            live = live.filter(**{kind: narrowed})
        editions = list(live.select_related("author")[:ITEMS_A_FEED])
        attach_notices(editions)
        newer = newer_than(editions)
        moments = went_live(editions)
        for edition in editions:
            edition.went_live = moments[edition.post_id]
            edition.firm, edition.offices = firm, offices
            edition.newer = newer.get(edition.superseded_by_id or 0)
        return editions

    def item_title(self, item: Edition) -> str:
        return item.title

    def item_description(self, item: Edition) -> str:
        return item.description

    def item_extra_kwargs(self, item: Edition) -> Fields:
        text = render_to_string(
            "posts/feed_item.html",
            {
                "edition": item,
                "newer": item.newer,
                "text": with_deadlines(for_feed(item.body)),
            },
        )
        content = _OWN_ADDRESS.sub(rf'\1="{settings.SITE_URL}/', text)
        return {"content": content, "image": settings.SITE_URL + item.card_url}

    def item_link(self, item: Edition) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    item_guid_is_permalink = False

    def item_guid(self, item: Edition) -> str:
        """A name (RFC 4151) that stays when the article's address changes."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},2026:article/{item.post_id}"

    def item_author_name(self, item: Edition) -> str:
        return item.author_name or item.firm.display_name

    def item_author_link(self, item: Edition) -> str:
        page = item.author.get_absolute_url() if item.author else reverse("home")
        return settings.SITE_URL + page

    def item_categories(self, item: Edition) -> list[str]:
        return [printable(str(topic)) for topic in item.topics.all()]

    def item_pubdate(self, item: Edition) -> datetime:
        return timezone.localtime(item.went_live)

    def item_updateddate(self, item: Edition) -> datetime:
        changed = item.modified_at if item.number > 1 else item.went_live
        return timezone.localtime(max(changed, item.went_live))


class RSS(Atom):
    feed_type = RSSGenerator
    suffix = "-rss"


class JSON(Atom):
    feed_type = JSONFeed
    suffix = "-json"


def addresses(place: str, name: str) -> list[URLPattern]:
    """A feed's addresses in each format."""
    return [
        path(f"{place}{end}", feed, name=name)
        for feed, end, name in (
            (Atom(), "", name),
            (RSS(), "rss/", f"{name}-rss"),
            (JSON(), "json/", f"{name}-json"),
        )
    ]


def newer_than(editions: Iterable[Edition]) -> dict[int, Edition]:
    """Live editions of the articles that supersede these, by their post's id."""
    posts = {e.superseded_by_id for e in editions if e.superseded_by_id}
    if not posts:
        return {}
    live = Edition.objects.live().filter(post__in=posts).defer("body")
    return {edition.post_id: edition for edition in live}


def went_live(editions: Iterable[Edition]) -> dict[int, datetime]:
    """When readers saw each article first, by its post's id. One that is older than
    this site has a day and no time."""
    days = {edition.post_id: edition.published_on for edition in editions}
    read = Edition.objects.ever_public().filter(post__in=days)
    first = read.order_by("post").values_list("post").annotate(Min("live_from"))
    return {
        post: at if timezone.localdate(at) == days[post] else beginning_of(days[post])
        for post, at in first
    }
