"""Exports live articles as WXR 1.2, WordPress's format, which most blog software
reads."""

from pathlib import Path
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import rfc2822_date
from django.utils.xmlutils import SimplerXMLGenerator

from posts.models import Edition, Topic

ROW_BATCH = 200
SPACES = {
    "version": "2.0",
    "xmlns:excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:wp": "http://wordpress.org/export/1.2/",
}


def write(folder: Path) -> str:
    live = Edition.objects.live().select_related("author").order_by("pk")
    count = 0
    with (folder / "wordpress.xml").open("w", encoding="utf-8") as file:
        xml = SimplerXMLGenerator(file, "utf-8")
        xml.startDocument()
        xml.startElement("rss", AttributesImpl(SPACES))
        xml.startElement("channel", AttributesImpl({}))
        for name, value in about():
            xml.addQuickElement(name, value)
        for topic in Topic.objects.order_by("slug"):
            _category(xml, topic)
        for edition in live.prefetch_related("topics").iterator(chunk_size=ROW_BATCH):
            _item(xml, edition)
            count += 1
        xml.endElement("channel")
        xml.endElement("rss")
        xml.endDocument()
    return f"wordpress.xml: {count:,} articles, as WordPress and others import them."


def about() -> list[tuple[str, str]]:
    return [
        ("title", settings.SITE_URL),
        ("link", settings.SITE_URL),
        ("language", settings.LANGUAGE_CODE),
        ("wp:wxr_version", "1.2"),
        ("wp:base_site_url", settings.SITE_URL),
        ("wp:base_blog_url", settings.SITE_URL),
    ]


def _category(xml: Any, topic: Topic) -> None:
    xml.startElement("wp:category", AttributesImpl({}))
    xml.addQuickElement("wp:category_nicename", topic.slug)
    xml.addQuickElement("wp:cat_name", topic.name)
    xml.addQuickElement("wp:category_description", topic.description)
    xml.endElement("wp:category")


def _item(xml: Any, edition: Edition) -> None:
    xml.startElement("item", AttributesImpl({}))
    for name, value in facts(edition):
        xml.addQuickElement(name, value)
    url = settings.SITE_URL + edition.get_absolute_url()
    xml.addQuickElement("guid", url, {"isPermaLink": "true"})
    for topic in edition.topics.all():
        named = {"domain": "category", "nicename": topic.slug}
        xml.addQuickElement("category", topic.name, named)
    xml.endElement("item")


def facts(edition: Edition) -> list[tuple[str, str]]:
    # WordPress fetches the pictures from the site, which has to be there still.
    body = edition.body.replace('src="/media/', f'src="{settings.SITE_URL}/media/')
    local = timezone.localtime(edition.live_from)
    noon = local.replace(hour=12, minute=0, second=0, microsecond=0)
    day = edition.published_on
    moment = noon.replace(year=day.year, month=day.month, day=day.day)
    return [
        ("title", edition.title),
        ("link", settings.SITE_URL + edition.get_absolute_url()),
        ("pubDate", rfc2822_date(moment)),
        ("dc:creator", edition.author.name if edition.author else ""),
        ("content:encoded", body),
        ("excerpt:encoded", edition.summary),
        ("wp:post_id", str(edition.post_id)),
        ("wp:post_date", f"{moment:%Y-%m-%d %H:%M:%S}"),
        ("wp:post_name", edition.slug),
        ("wp:status", "publish"),
        ("wp:post_type", "post"),
    ]
