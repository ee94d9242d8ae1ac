import json
from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lawblog import structured_data
from lawblog.languages import direction, everywhere, main_language, path_here, path_to
from lawblog.pages.parts import part
from lawblog.responsive import responsive, scrollable

register = template.Library()


@register.filter
def pictured(cleaned):
    """A text that RichTextField cleaned, with its pictures in all sizes; the one
    place where the project trusts HTML."""
    return mark_safe(scrollable(responsive(cleaned)))  # noqa: S308


@register.simple_tag
def absolute(path):
    """The full public address of a path of ours."""
    return f"{settings.SITE_URL}{path}"


register.filter("direction", direction)
register.filter("main_language", main_language)


@register.tag("part")
def do_part(parser, token):
    """{% part "name" %}…{% endpart %}: what is the same on every page of a language,
    rendered once until something changes (lawblog/pages/parts.py). {% part "card" pk %}
    is what is the same wherever these further values are."""
    _, *names = token.split_contents()
    names = [parser.compile_filter(name) for name in names]
    nodes = parser.parse(["endpart"])
    parser.delete_first_token()
    return PartNode(names, nodes)


class PartNode(template.Node):
    def __init__(self, names, nodelist):
        self.names, self.nodelist = names, nodelist

    def render(self, context):
        names = [name.resolve(context) for name in self.names]
        key = ("template", get_language(), *names)
        return part(key, lambda: self.nodelist.render(context))


@register.simple_tag
def day(value):
    """A date in the page's language, and for machines."""
    return written(value, get_language())


@lru_cache(maxsize=4096)
def written(value, language):
    # Translators: how a date is written, in Django's format letters.
    words = date_format(value, _("F j, Y"))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag(takes_context=True)
def alternates(context):
    """{language: path} of the pages that say the same, this one among them: what the
    view says of them, else the same page everywhere. Empty where there is only one."""
    if context["request"].GET:
        return {}
    paths = context.get("alternates")
    paths = everywhere(context["request"].path) if paths is None else paths
    return paths if len(paths) > 1 else {}


@register.simple_tag(takes_context=True)
def other_languages(context):
    """(code, name, path) for each further language: this page in it, or its home."""
    paths = everywhere(context["request"].path) if "alternates" not in context else {}
    paths |= context.get("alternates") or {}
    for code, name in settings.LANGUAGES:
        if code != get_language():
            yield code, name, paths.get(code) or path_to(code, "home")


@register.simple_tag
def language_of_text(row, name):
    """The lang attribute of an element that holds such a text, where it needs one."""
    code = row.said(name)[1]
    return "" if code == get_language() else format_html(' lang="{}"', code)


@register.simple_tag
def said(row, name):
    """A text of the firm's record (lawblog/translated.py), marked where it is in
    another language than the page."""
    text, code = row.said(name)
    if code == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', code, text)


@register.simple_tag
def legal_service(office, firm):
    return json_ld(structured_data.legal_service(office, firm))


@register.simple_tag
def article_data(edition, firm):
    """BlogPosting, and where it stands on the site."""
    home = (firm.display_name, path_here("home"))
    articles = (_("Articles"), path_here("posts:list"))
    steps = (home, articles, (edition.title, edition.get_absolute_url()))
    return json_ld(
        [
            structured_data.blog_posting(edition, firm),
            structured_data.breadcrumbs(*steps),
        ]
    )


@register.simple_tag
def trail(firm, *steps):
    """Where a page stands: name, path, name, path and so on, from below the front
    page down to the page itself."""
    home = (firm.display_name, path_here("home"))
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return json_ld(structured_data.breadcrumbs(home, *pairs))


@register.simple_tag
def site_data(firm):
    return json_ld(structured_data.web_site(firm))


def json_ld(data):
    """A data block for search engines. "<" leaves JSON as an escape, so that no text
    can end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308
    )
