"""What entries of WordPress's export refer to: authors, pictures, the site's home."""

from __future__ import annotations

from lxml import etree

from .xml import child, children, local, text_of

Meta = dict[str, str]


class Export:
    """`home`: the address of the old site, "" where the export does not say it."""

    def __init__(self, root: etree._Element) -> None:
        channel = child(root, "channel")
        self.channel = channel if channel is not None else root
        self.home = text_of(self.channel, "export:base_blog_url", "link")
        self.language = text_of(self.channel, "language")
        self.items = [e for e in root.iter() if local(e) == "item"]
        self.authors = {
            text_of(one, "author_login"): text_of(one, "author_display_name")
            for one in children(self.channel, "author")
        }
        self.attachments = {
            text_of(item, "post_id"): item
            for item in self.items
            if text_of(item, "post_type") == "attachment"
        }

    def pictures_of(self, number: str) -> list[str]:
        """The numbers of what was uploaded for a post."""
        return [
            own
            for own, item in self.attachments.items()
            if text_of(item, "post_parent") == number
        ]

    def picture(self, number: str) -> tuple[str, str]:
        """(address, description) of an attachment, both "" if it is not there."""
        item = self.attachments.get(number)
        if item is None:
            return "", ""
        alt = meta_of(item).get("_wp_attachment_image_alt", "")
        return text_of(item, "attachment_url"), alt


def meta_of(item: etree._Element) -> Meta:
    return {
        text_of(one, "meta_key"): text_of(one, "meta_value")
        for one in children(item, "postmeta")
    }
