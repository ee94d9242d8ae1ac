"""Addresses as common blog software forms them, and the page of ours that each asks
for, even if it is not in the table. Pure."""

import re
from collections.abc import Iterator, Mapping

from django.utils.text import slugify

from lawblog.site.page_language import language_of

# (pattern of a whole path in small letters, the page of ours).
_RULES = [
    (r"/index\.(?:html?|php)|/home", "/"),
    # Feeds: WordPress and Ghost, Wix, Blogger, Jekyll and others.
    (r"/(?:feed/atom|atom\.xml|feeds/posts/default)", "/feed/"),
    (r"/(?:blog/)?(?:feed|rss|rss\.xml|feed\.xml|index\.xml)", "/feed/rss/"),
    (r"/blog-feed\.xml", "/feed/rss/"),
    # Lists.
    (r"/(?:blog|posts|articles|news)(?:/page/\d+)?|/page/\d+", "/posts/"),
    (r"/(?:blog/)?(?:author|authors)/[^/]+(?:/page/\d+)?", "/posts/"),
    (
        r"/(?:blog/)?(?:category|categories|tag|tags)/(?:.+/)?([^/]+)",
        "/posts/topics/{}/",
    ),
    (r"/search/label/([^/]+)", "/posts/topics/{}/"),
    (r"/((?:19|20)\d\d)(?:/\d\d)?", "/posts/{}/"),
    # Pages that most sites of firms have.
    (r"/(?:contact|contact-us|contacto)", "/offices/"),
    (r"/(?:about-us|acerca|acerca-de|nosotros)", "/about/"),
    (r"/(?:privacy-policy|privacidad)", "/privacy/"),
    # Articles: Wix's two, dated ones, Blogger's and plain ones.
    (r"/(?:post|blog|blog/post)/([^/]+)", "/posts/{}/"),
    (r"/single-post/(?:\d{4}/\d\d/\d\d/)?([^/]+)", "/posts/{}/"),
    (r"/(?:blog/)?\d{4}/\d\d/(?:\d\d/)?([^/]+?)(?:\.html)?", "/posts/{}/"),
    (r"/(?:p/)?([^/.]+)(?:\.html)?", "/posts/{}/"),
]
# WordPress's numbers of articles, after "/?".
_NUMBERED = {"p", "page_id", "attachment_id"}
RULES = [(re.compile(pattern), page) for pattern, page in _RULES]


def asked_for(path: str) -> Iterator[str]:
    """Paths of ours that an old path may ask for, the likeliest first.

    >>> list(asked_for("/2018/08/27/A-Title/"))
    ['/posts/a-title/']
    >>> list(asked_for("/es/tag/Asilo"))
    ['/es/posts/topics/asilo/', '/posts/topics/asilo/']
    """
    bare, code = path.lower().rstrip("/").removesuffix("/amp"), language_of(path)
    prefix = f"/{code}" if bare.startswith(f"/{code}/") else ""
    for pattern, page in RULES:
        if found := pattern.fullmatch(bare.removeprefix(prefix)):
            names = [slugify(name) for name in found.groups()]
            if all(names):
                asked = page.format(*names)
                yield from dict.fromkeys((prefix + asked, asked))


def asks_for_article(query: Mapping[str, str]) -> bool:
    """Whether the front page is asked for one article, which then is not there.

    >>> asks_for_article({"p": "12"}), asks_for_article({"p": "x"})
    (True, False)
    """
    return any(query.get(name, "").isdecimal() for name in _NUMBERED)
