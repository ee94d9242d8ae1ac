"""Django's Atom and RSS generators, with the full text as content and without
characters that XML forbids."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from lawblog.html.characters import printable

# What Django's generators hand on: the values of a feed, or of one item of it.
Fields = dict[str, Any]


class Printable(SyndicationFeed):
    """Leaves out what XML forbids, whatever the editions hold."""

    def write(self, *args: Any) -> None:
        self.feed = printable_values(self.feed)
        self.items = list(map(printable_values, self.items))
        super().write(*args)


def printable_values(fields: Fields) -> Fields:
    return {
        name: printable(value) if isinstance(value, str) else value
        for name, value in fields.items()
    }


class AtomGenerator(Printable, Atom1Feed):
    def add_item_elements(self, handler: SimplerXMLGenerator, item: Fields) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RSSGenerator(Printable, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        content = "http://purl.org/rss/1.0/modules/content/"
        return {**super().rss_attributes(), "xmlns:content": content}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Fields) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])
