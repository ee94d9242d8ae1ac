"""Links within an article: to its headings, or nowhere. Pure."""

from urllib.parse import unquote

from .element import HEADINGS, Element
from .heading_ids import HeadingIds
from .left_out import ANCHOR, LeftOut, described


def lead_to_headings(root: Element) -> list[LeftOut]:
    """Links to an id in the source are changed to the id of its heading on our pages;
    links that lead nowhere become plain words, and are returned. Changes the tree."""
    links = [e for e in root.walk() if e.name == "a" and e.get("href").startswith("#")]
    if not links:
        return []
    places = _places(root)
    found: list[LeftOut] = []
    for link in links:
        name = places.get(unquote(link.get("href")[1:]))
        if name:
            link.attributes = {**link.attributes, "href": f"#{name}"}
            continue
        if words := link.text():
            found.append(LeftOut(ANCHOR, described(link.get("href"), words)))
        link.attributes = {}
    return found


def _places(root: Element) -> dict[str, str]:
    """{id or name in the source, or id on our page: id on our page} of headings."""
    places: dict[str, str] = {}
    ids = HeadingIds()
    waiting: list[str] = []  # names that stand right above a heading
    for element in root.walk():
        names = [n for n in (element.get("id"), element.get("name")) if n]
        if element.name in HEADINGS and (words := element.text()):
            own = ids.id_of(words)
            inner = [n for e in element.walk() for n in (e.get("id"), e.get("name"))]
            for name in filter(None, [own, *names, *waiting, *inner]):
                places.setdefault(name, own)
            waiting = []
        elif names:
            # <a name="x"></a><h2>…, <section id="x"><h2>…
            stands_above = not element.children or _starts_with_heading(element)
            waiting = [*waiting, *names] if stands_above else []
        elif element.name in ("p", "li", "td") and element.text():
            waiting = []
    return places


def _starts_with_heading(element: Element) -> bool:
    while True:
        first = next(
            (c for c in element.children if not isinstance(c, str) or c.strip()), ""
        )
        if isinstance(first, str):
            return False
        if first.name in HEADINGS:
            return True
        element = first
