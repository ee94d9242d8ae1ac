"""Atom, RSS and JSON Feed, with the full text, of everything, a topic or an author."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from lawblog.dates import beginning_of
from lawblog.html.richtext import printable
from lawblog.site.addresses import follow_moves
from offices.models import Attorney, Firm, Office
from posts.models import Edition, Topic
from posts.reading.notes import for_feed

from .in_use import topics_in_use
from .json_feed import JSONFeed

ITEMS = 20
_OWN_ADDRESS = re.compile(r'(?<= )(href|src)="/(?!/)')


class Printable:
    """Leaves out what XML forbids, whatever the editions hold."""

    def write(self, *args):
        self.feed = printable_values(self.feed)
        self.items = list(map(printable_values, self.items))
        super().write(*args)


def printable_values(fields):
    return {
        name: printable(value) if isinstance(value, str) else value
        for name, value in fields.items()
    }


class AtomGenerator(Printable, Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RSSGenerator(Printable, Rss201rev2Feed):
    def rss_attributes(self):
        content = "http://purl.org/rss/1.0/modules/content/"
        return {**super().rss_attributes(), "xmlns:content": content}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class Atom(Feed):
    feed_type = AtomGenerator
    suffix = ""

    # One Feed object serves all threads: what a request needs travels as `obj`, a
    # (Firm, and Topic, Attorney or None) pair, and on the editions themselves.
    def get_object(self, request, topic=None, attorney=None):
        narrowed = None
        if topic:
            narrowed = get_object_or_404(topics_in_use(), slug=topic)
        elif attorney:
            narrowed = get_object_or_404(Attorney, slug=attorney)
            if not Edition.objects.live().in_language().filter(author=narrowed):
                raise Http404
        return Firm.objects.the_firm(), narrowed

    def title(self, obj):
        firm, narrowed = obj
        return f"{firm.display_name}: {narrowed}" if narrowed else firm.display_name

    def subtitle(self, obj):
        return obj[0].local.tagline or obj[0].local.article_notice

    description = subtitle

    def link(self, obj):
        narrowed = obj[1]
        home = narrowed.get_absolute_url() if narrowed else reverse("home")
        return settings.SITE_URL + home

    def feed_url(self, obj):
        narrowed = obj[1]
        kinds = {Topic: "feed-topic", Attorney: "feed-attorney"}
        name = kinds.get(type(narrowed), "feed") + self.suffix
        args = [narrowed.slug] if narrowed else []
        return settings.SITE_URL + reverse(name, args=args)

    def items(self, obj):
        firm, narrowed = obj
        offices = Office.objects.on_site()
        live = Edition.objects.live().in_language().newest_first()
        live = live.with_reviews().prefetch_related("topics")
        if narrowed:
            kind = "topics" if isinstance(narrowed, Topic) else "author"
            live = live.filter(**{kind: narrowed})
        editions = list(live.select_related("author")[:ITEMS])
        newer = newer_than(editions)
        for edition in editions:
            edition.firm, edition.offices = firm, offices
            edition.newer = newer.get(edition.superseded_by_id)
        return editions

    def item_title(self, edition):
        return edition.title

    def item_description(self, edition):
        return edition.description

    def item_extra_kwargs(self, edition):
        text = render_to_string(
            "posts/feed_item.html",
            {
                "edition": edition,
                "newer": edition.newer,
                "text": for_feed(edition.body),
            },
        )
        text = _OWN_ADDRESS.sub(rf'\1="{settings.SITE_URL}/', text)
        return {"content": text, "image": settings.SITE_URL + edition.card_url}

    def item_link(self, edition):
        return settings.SITE_URL + edition.get_absolute_url()

    def item_guid(self, edition):
        return self.item_link(edition)

    def item_author_name(self, edition):
        return edition.author_name or edition.firm.display_name

    def item_author_link(self, edition):
        page = edition.author.get_absolute_url() if edition.author else reverse("home")
        return settings.SITE_URL + page

    def item_categories(self, edition):
        return [printable(str(topic)) for topic in edition.topics.all()]

    def item_pubdate(self, edition):
        return beginning_of(edition.published_on)

    def item_updateddate(self, edition):
        return beginning_of(edition.changed_on)


class RSS(Atom):
    feed_type = RSSGenerator
    suffix = "-rss"


class JSON(Atom):
    feed_type = JSONFeed
    suffix = "-json"


def addresses(place, name, of=None, rows=None):
    """A feed's addresses in each format. of: the argument that narrows it, to one of
    rows(), whose former addresses lead on."""
    return [
        path(f"{place}{end}", follow_moves(feed, of, rows) if of else feed, name=name)
        for feed, end, name in (
            (Atom(), "", name),
            (RSS(), "rss/", f"{name}-rss"),
            (JSON(), "json/", f"{name}-json"),
        )
    ]


def newer_than(editions):
    """Live editions of the articles that supersede these, by their post's id."""
    posts = {e.superseded_by_id for e in editions if e.superseded_by_id}
    if not posts:
        return {}
    live = Edition.objects.live().filter(post__in=posts).defer("body")
    return {edition.post_id: edition for edition in live}
