from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from offices.models import Office, Page
from posts.glossary import listed_terms
from posts.models import Edition, Series, Topic


class SiteSitemap(Sitemap):
    """Addresses under SITE_URL, whatever host asked."""

    protocol, _, domain = settings.SITE_URL.partition("://")

    def get_domain(self, site=None):
        return self.domain


class Pages(SiteSitemap):
    def items(self):
        pages = ["home", "posts:list", "offices:list"]
        return [*pages, "glossary"] if listed_terms().exists() else pages

    def location(self, name):
        return reverse(name)


class Blocks(Paginator):
    """Pages of a queryset by its rows' numbers: page 900 costs what page 1 does, and
    an article stays on its page for good. A page may hold fewer, or none."""

    @cached_property
    def num_pages(self):
        last = self.object_list.order_by("-pk").values_list("pk", flat=True).first()
        return max(1, -(-(last or 0) // self.per_page))

    def page(self, number):
        number = self.validate_number(number)
        first, last = (number - 1) * self.per_page + 1, number * self.per_page
        return self._get_page(
            self.object_list.filter(pk__range=(first, last)), number, self
        )


class Posts(SiteSitemap):
    # Search engines take up to 50,000; this many are rendered in a moment.
    limit = 1000

    @property
    def paginator(self):
        return Blocks(self._items(), self.limit)

    def items(self):
        live = Edition.objects.live().order_by("pk")
        return live.only("slug", "language", "number", "published_on", "modified_at")

    def lastmod(self, edition):
        return edition.changed_on


class Topics(SiteSitemap):
    def items(self):
        return Topic.objects.in_use()


class SeriesPages(SiteSitemap):
    def items(self):
        return Series.objects.in_use()


class Offices(SiteSitemap):
    def items(self):
        return Office.objects.all()


class Record(SiteSitemap):
    def items(self):
        return Page.objects.filter(language=settings.LANGUAGE_CODE)


SITEMAPS = {
    "pages": Pages,
    "posts": Posts,
    "topics": Topics,
    "series": SeriesPages,
    "offices": Offices,
    "record": Record,
}


def sitemap_index(request):
    """Where the sitemaps are. Not Django's own view, which reads every article for a
    date, and believes whatever host asked."""
    found = []
    for section, sitemap in SITEMAPS.items():
        pages = sitemap().paginator
        if pages.object_list[:1]:
            address = reverse("sitemap-section", args=[section])
            numbers = range(2, pages.num_pages + 1)
            found += [address, *(f"{address}?p={number}" for number in numbers)]
    items = [SitemapIndexItem(settings.SITE_URL + address) for address in found]
    return TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": items},
        content_type="application/xml",
        headers={"X-Robots-Tag": "noindex, noodp, noarchive"},
    )
