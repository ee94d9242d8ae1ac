"""Atom and RSS, with the full text, of everything or of one topic."""

import re
from datetime import datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from offices.models import Firm, Office

from .models import Edition, Topic
from .reading.notes import for_feed
from .views import newer_than

ITEMS = 20
_OWN_ADDRESS = re.compile(r'(?<= )(href|src)="/(?!/)')


class AtomGenerator(Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RSSGenerator(Rss201rev2Feed):
    def rss_attributes(self):
        content = "http://purl.org/rss/1.0/modules/content/"
        return {**super().rss_attributes(), "xmlns:content": content}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class Atom(Feed):
    feed_type = AtomGenerator
    route = "feed"

    # One Feed object serves all threads: what a request needs travels as `obj`,
    # a (Firm, Topic or None) pair, and on the editions themselves.
    def get_object(self, request, topic=None):
        firm = Firm.objects.the_firm()
        return firm, topic and get_object_or_404(Topic.objects.in_use(), slug=topic)

    def __call__(self, request, *args, **kwargs):
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            topic = Topic.objects.merged_from(kwargs.get("topic"))
            return redirect(self.feed_url((None, topic)), permanent=True)

    def title(self, obj):
        firm, topic = obj
        return f"{firm.display_name}: {topic}" if topic else firm.display_name

    def subtitle(self, obj):
        return obj[0].tagline or obj[0].article_notice

    description = subtitle

    def link(self, obj):
        topic = obj[1]
        path = topic.get_absolute_url() if topic else reverse("home")
        return settings.SITE_URL + path

    def feed_url(self, obj):
        topic = obj[1]
        name = self.route.replace("feed", "feed-topic") if topic else self.route
        return settings.SITE_URL + reverse(name, args=[topic.slug] if topic else [])

    def items(self, obj):
        firm, topic = obj
        offices = Office.objects.on_site()
        live = Edition.objects.live().newest_first().prefetch_related("topics")
        live = live.with_reviews()
        editions = list((live.filter(topics=topic) if topic else live)[:ITEMS])
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
        return {"content": _OWN_ADDRESS.sub(rf'\1="{settings.SITE_URL}/', text)}

    def item_link(self, edition):
        return settings.SITE_URL + edition.get_absolute_url()

    def item_guid(self, edition):
        return self.item_link(edition)

    def item_author_name(self, edition):
        return edition.author_name or edition.firm.display_name

    def item_categories(self, edition):
        return [topic.name for topic in edition.topics.all()]

    def item_pubdate(self, edition):
        return timezone.make_aware(datetime.combine(edition.published_on, time.min))

    def item_updateddate(self, edition):
        return edition.modified_at


class RSS(Atom):
    feed_type = RSSGenerator
    route = "feed-rss"
