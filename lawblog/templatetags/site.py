import json

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from lawblog import structured_data
from lawblog.responsive import responsive

register = template.Library()


@register.filter
def pictured(cleaned):
    """A text that RichTextField cleaned, with its pictures in all sizes; the one
    place where the project trusts HTML."""
    return mark_safe(responsive(cleaned))  # noqa: S308


@register.simple_tag
def absolute(path):
    """The full public address of a path of ours."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def legal_service(office, firm):
    return json_ld(structured_data.legal_service(office, firm))


@register.simple_tag
def article_data(edition, firm):
    """BlogPosting, and where it stands on the site."""
    home = (firm.display_name, reverse("home"))
    articles = ("Articles", reverse("posts:list"))
    steps = (home, articles, (edition.title, edition.get_absolute_url()))
    return json_ld(
        [
            structured_data.blog_posting(edition, firm),
            structured_data.breadcrumbs(*steps),
        ]
    )


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
