"""Every public address on one screen."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from posts import feeds
from posts.desk import preview_links
from posts.views import attorney, home, search_page

from . import signin, views
from .sitemaps import SITEMAPS

# In every language: /posts/ and /es/posts/.
pages = [
    path("", home, name="home"),
    path("search/", search_page, name="search"),
    path("posts/", include("posts.urls")),
    path("offices/", include("offices.urls")),
    path("attorneys/<slug:slug>/", attorney, name="attorney"),
    path("feed/", feeds.Atom(), name="feed"),
    path("feed/rss/", feeds.RSS(), name="feed-rss"),
    path("feed/<slug:topic>/", feeds.Atom(), name="feed-topic"),
    path("feed/<slug:topic>/rss/", feeds.RSS(), name="feed-topic-rss"),
]
urlpatterns = [
    *i18n_patterns(*pages, prefix_default_language=False),
    path("preview/<str:token>/", preview_links.draft, name="preview"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path("healthz", views.healthz, name="healthz"),
    re_path(rf"^media/(?P<name>{views.PICTURE})$", views.media),
    path("admin/upload/", views.upload, name="upload"),
    path("admin/login/", signin.sign_in),
    path("admin/", admin.site.urls),
]
