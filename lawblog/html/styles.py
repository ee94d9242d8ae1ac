"""The few style properties that carry meaning: bold, hidden, list types. Pure.

Google Docs writes bold as a span's style, its download as a class; Word hides text
with a style.
"""

import re

from .element import Element

# Only of these is anything made; a class's rule is copied for these alone.
_FROM_CLASSES = {
    "font-weight",
    "font-style",
    "text-decoration",
    "text-decoration-line",
    "vertical-align",
    "mso-hide",
    "list-style-type",
    "list-style",
}
# What Word writes before an item of a list: "a)".
LIST_MARK = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
# Values of `display` that begin a new line.
_OF_BLOCKS = {"block", "flex", "grid", "list-item", "table", "table-row", "flow-root"}
LIST_TYPES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_MAX_CSS_LENGTH = 300_000  # characters; the sheet of a Word document has 50,000
_AT_BLOCK = re.compile(r"@media[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\w*\.([\w-]+)")
# Google's download numbers its lists by style alone.
_COUNTER = re.compile(
    r"\.(lst-[\w-]+)\s*>\s*li:before\s*\{[^{}]*counter\([\w-]+,\s*([\w-]+)"
)


def style_of(element: Element) -> dict[str, str]:
    """An element's style as {property: value}, both in small letters."""
    return declarations(element.attributes.get("style", ""))


def declarations(text: str) -> dict[str, str]:
    if not text:
        return {}
    pairs = (one.partition(":") for one in text.lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def apply_classes(root: Element) -> None:
    """Copy the rules of <style> elements for a class into the elements of that
    class."""
    sheets = [e.text_of_raw() for e in root.walk() if e.name == "style"]
    rules = _rules("\n".join(sheets)[:_MAX_CSS_LENGTH])
    if not rules:
        return
    for element in root.walk():
        found = [rules[name] for name in sorted(element.classes) if name in rules]
        if found:
            own = element.get("style")
            element.attributes = {
                **element.attributes,
                "style": ";".join([*found, own]),
            }


def _rules(css: str) -> dict[str, str]:
    """{class: declarations} of the rules for a class alone (“.c1”, “span.c1”)."""
    css = _without_comments(css.replace("<!--", "").replace("-->", ""))
    found = {name: f"list-style-type:{kind}" for name, kind in _COUNTER.findall(css)}
    for selectors, body in _RULE.findall(_AT_BLOCK.sub("", css)):
        kept = [
            f"{name}:{value}"
            for name, value in declarations(body).items()
            if name in _FROM_CLASSES and value != "none"
        ]
        for selector in selectors.split(",") if kept else ():
            if match := _CLASS.fullmatch(selector.strip()):
                found[match[1]] = ";".join([found.get(match[1], ""), *kept])
    return found


def _without_comments(css: str) -> str:
    first, *parts = css.split("/*")
    return first + "".join(part.partition("*/")[2] for part in parts)


def is_bold(style: dict[str, str]) -> bool | None:
    """Whether a style makes words bold; None where it does not say."""
    weight = style.get("font-weight")
    if not weight:
        return None
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)


def is_italic(style: dict[str, str]) -> bool | None:
    slant = style.get("font-style")
    return slant.startswith(("italic", "oblique")) if slant else None


def is_struck(style: dict[str, str]) -> bool:
    # Word strikes twice with a property of its own.
    return style.get("text-line-through", "none") != "none" or (
        "line-through"
        in style.get("text-decoration", "") + style.get("text-decoration-line", "")
    )


def list_type(style: dict[str, str]) -> str:
    """The type of an <ol> that a style asks for, "1" for numbers, or ""."""
    words = f"{style.get('list-style', '')} {style.get('list-style-type', '')}".split()
    types = [LIST_TYPES.get(word, "1" if word == "decimal" else "") for word in words]
    return next(filter(None, reversed(types)), "")


def is_block(style: dict[str, str]) -> bool:
    return style.get("display", "").partition(" ")[0] in _OF_BLOCKS


def is_hidden(style: dict[str, str]) -> bool:
    return (
        style.get("display", "").startswith("none")
        or style.get("visibility", "").startswith("hidden")
        or style.get("mso-hide") == "all"
    )
