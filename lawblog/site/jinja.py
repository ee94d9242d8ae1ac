"""The templates of readers' pages (templates/public) are Jinja2's, which makes a page
in a fifth of the time that Django's own take. This is what they can call."""

import json
from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from jinja2 import ChainableUndefined, Environment, pass_context
from markupsafe import Markup

from lawblog.html.responsive import responsive, scrollable
from lawblog.pagecache.fragments import cached_fragment

from . import structured_data
from .languages import (
    current_language,
    direction,
    everywhere,
    localized_path,
    main_language,
    path_to,
)


def environment(**options):
    """The Environment, as settings.TEMPLATES asks for it."""
    options["undefined"] = ChainableUndefined
    made = Environment(**options)  # noqa: S701 - Django turns autoescape on
    made.globals |= {function.__name__: function for function in FUNCTIONS}
    made.globals |= {
        "_": in_words,
        "url": localized_path,
        "cached_fragment": rendered_once,
    }
    made.filters |= {function.__name__: function for function in FILTERS}
    return made


def in_words(message):
    """A message of the catalog in the page's language. Its HTML is trusted; values come
    by _("… %(name)s …")|format(name=…), which escapes them."""
    return translation(message, current_language())


@lru_cache(maxsize=4096)
def translation(message, language):
    return Markup(_(message))  # noqa: S704


def pictured(cleaned):
    """A text that RichTextField cleaned, with its pictures in all sizes; the one
    place where the project trusts the HTML of a text."""
    return Markup(scrollable(responsive(cleaned)))  # noqa: S704


def absolute(path):
    """The full public address of a path of ours."""
    return f"{settings.SITE_URL}{path}"


def rendered_once(*names, caller):
    """{% call cached_fragment("name") %}…{% endcall %}: what is the same on every page
    of a language, rendered once until something changes (pagecache/fragments.py).
    cached_fragment("card", pk) is what is the same wherever these values are."""
    return cached_fragment(("template", current_language(), *names), caller)


def day(value):
    """A date in the page's language, and for machines."""
    return written(value, current_language())


@lru_cache(maxsize=4096)
def written(value, language):
    # Translators: how a date is written, in Django's format letters.
    words = date_format(value, _("F j, Y"))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


def moment(value):
    """A date and time, in the firm's time zone and the page's language."""
    # Translators: how a date with its time is written, in Django's format letters.
    return date_format(localtime(value), _("F j, Y, P"))


@pass_context
def alike(context):
    """{language: path} of the pages that say the same, this one among them: what the
    view says of them, else the same page everywhere. Empty where there is only one."""
    if context["request"].META.get("QUERY_STRING"):
        return {}
    paths = context.get("alternates")
    paths = everywhere(context["request"].path) if paths is None else paths
    return paths if len(paths) > 1 else {}


@pass_context
def other_languages(context):
    """(code, name, path) for each further language: this page in it, or its home."""
    paths = everywhere(context["request"].path) if "alternates" not in context else {}
    paths |= context.get("alternates") or {}
    for code, name in settings.LANGUAGES:
        if code != current_language():
            yield code, name, paths.get(code) or path_to(code, "home")


def language_of_text(row, name):
    """The lang attribute of an element that holds such a text, where it needs one."""
    code = row.localized(name)[1]
    return "" if code == current_language() else format_html(' lang="{}"', code)


def localized(row, name):
    """A text of the firm's record (lawblog/site/translated.py), marked where it is in
    another language than the page."""
    text, code = row.localized(name)
    if code == current_language():
        return text
    return format_html('<span lang="{}">{}</span>', code, text)


def querystring(query, **changes):
    """A QueryDict as the end of an address, with some values changed; None: left out.
    It begins with "?" even if nothing is left."""
    query = query.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


def legal_service(office, firm):
    return json_ld(structured_data.legal_service(office, firm))


def article_data(edition, firm):
    """BlogPosting, and where it stands on the site."""
    home = (firm.display_name, localized_path("home"))
    articles = (_("Articles"), localized_path("posts:list"))
    steps = (home, articles, (edition.title, edition.get_absolute_url()))
    return json_ld(
        [
            structured_data.blog_posting(edition, firm),
            structured_data.breadcrumbs(*steps),
        ]
    )


def trail(firm, *steps):
    """Where a page stands: name, path, name, path and so on, from below the front
    page down to the page itself."""
    home = (firm.display_name, localized_path("home"))
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return json_ld(structured_data.breadcrumbs(home, *pairs))


def site_data(firm):
    return json_ld(structured_data.web_site(firm))


as_json = json.JSONEncoder(ensure_ascii=False).encode


def json_ld(data):
    """A data block for search engines. "<" leaves JSON as an escape, so that no text
    can end the element it stands in."""
    text = as_json(data).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704


FILTERS = absolute, day, direction, localized, main_language, moment, pictured
FUNCTIONS = (
    alike,
    article_data,
    language_of_text,
    legal_service,
    other_languages,
    querystring,
    site_data,
    current_language,
    static,
    trail,
)
