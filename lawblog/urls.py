"""Every public address on one screen, and the rooms that bring the desk's."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView, TemplateView

from lawblog.desk import launch, pasting
from lawblog.media import names
from lawblog.media import views as media
from lawblog.people.sign_in import SignIn
from lawblog.records.desk import as_it_was
from lawblog.site import health, views
from offices.public.views import card, page
from posts.desk import preview_links
from posts.desk.calendar import page as calendar
from posts.public import feeds
from posts.public.authors import attorney
from posts.public.glossary import glossary
from posts.public.guides_and_cards import guide_list, now
from posts.public.law import law
from posts.public.series import series
from posts.public.views import home, llms_txt, search_page

# In every language: /posts/ and /es/posts/.
pages: list[URLPattern | URLResolver] = [
    # First what is asked for most.
    path("posts/", include("posts.public.urls")),
    path("", home, name="home"),
    path("guides/", guide_list, name="guides"),
    path("now/", now, name="now"),
    path("search/", search_page, name="search"),
    path("series/<slug:slug>/", series, name="series"),
    path("glossary/", glossary, name="glossary"),
    path("law/<str:key>/", law, name="law"),
    path("offices/", include("offices.public.urls")),
    path("attorneys/<slug:slug>/", attorney, name="attorney"),
    path("card.png", card, name="card"),
    *feeds.addresses("attorneys/<slug:attorney>/feed/", "feed-attorney"),
    *feeds.addresses("law/<str:key>/feed/", "feed-law"),
    *feeds.addresses("feed/", "feed"),
    *feeds.addresses("feed/<slug:topic>/", "feed-topic"),
    re_path(
        r"^(?P<kind>about|disclaimer|privacy|accessibility|notario-fraud)/$",
        page,
        name="page",
    ),
]
OWN_PASSWORD = "account_change_password"  # noqa: S105 - the name of a page
# Old addresses lead on from there.
handler400 = "lawblog.bad_requests.bad_request"
handler403 = "lawblog.desk.not_allowed.not_allowed"
handler404 = "posts.public.not_found.not_found"
handler500 = "lawblog.unavailable.answers.server_error"
urlpatterns = [
    *i18n_patterns(*pages, prefix_default_language=False),
    path("preview/<str:token>/", preview_links.draft, name="preview"),
    re_path(
        rf"^preview/(?P<token>[^/]+)/(?P<name>{names.FILE})$",
        preview_links.picture,
        name="preview-picture",
    ),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    re_path(
        r"^sitemap-(?P<kind>pages|articles)-(?P<number>[1-9]\d{0,5})\.xml$",
        views.sitemap_section,
        name="sitemap-section",
    ),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path(".well-known/security.txt", views.security_txt, name="security"),
    path("llms.txt", llms_txt, name="llms"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("apple-touch-icon.png", views.touch_icon, name="touch-icon"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    re_path(
        rf"^{names.MEDIA_URL[1:]}(?P<name>{names.FILE})$", media.media, name="media"
    ),
    path("admin/upload/", media.upload, name="upload"),
    path("admin/paste/", pasting.paste, name="paste"),
    path("admin/login/", SignIn.as_view(), name="account_login"),
    path("admin/account/", include("lawblog.people.urls")),
    path("admin/password_change/", RedirectView.as_view(pattern_name=OWN_PASSWORD)),
    path("admin/people/", include("lawblog.people.people_urls")),
    path("admin/launch/", admin.site.admin_view(launch.page), name="launch"),
    path("admin/calendar/", admin.site.admin_view(calendar), name="calendar"),
    path("admin/backups/", include("lawblog.keeping.urls")),
    path("admin/captures/", include("lawblog.records.capture.urls")),
    path("admin/record/", admin.site.admin_view(as_it_was), name="record"),
    path("admin/notices/", include("lawblog.notices.urls")),
    path("admin/", admin.site.urls),
]
