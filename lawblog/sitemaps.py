from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

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


class Posts(SiteSitemap):
    def items(self):
        live = Edition.objects.live().newest_first()
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
