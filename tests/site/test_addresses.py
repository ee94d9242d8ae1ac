"""Whatever is typed, mistyped or made up as an address: never a 500."""

from contextlib import suppress
from datetime import date
from itertools import product

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotFound

from offices.models import Attorney, Office
from posts import publishing
from posts.models import Edition, Post

pytestmark = pytest.mark.slow

LONG = "a" * 5000
NO_NUMBERS = ["0", "-1", "9" * 19, "9" * 40, "9" * 5000, "%D9%A1", "%C2%B2", "_5F"]
NO_NUMBERS += ["None", "%00", "%ff"]
BROKEN = [
    *("a%00b", "%2500", "%zz", "%", "%c0%af", "%ed%a0%80", "%F0%9F%98%80"),
    *("..%2f..%2fetc%2fpasswd", "%0d%0aX-Evil:1", "%5Cevil.example", LONG),
    *NO_NUMBERS,
]
PLACES = """
    /{} /{}/ //{} /posts/{} /posts/{}/ /posts/topics/{}/ /attorneys/{}/ /offices/{}/
    /offices/{}.vcf /offices/{}.4.vcf /offices/{}.ics /offices/{}.svg /feed/{}/
    /feed/{}/rss/ /media/{}
    /media/pictures/{} /static/{} /posts/{}/card.png /attorneys/{}/feed/
    /healthz{} /sitemap.xml{} /preview/{}/
""".split()
PAGES = """
    / /posts/ /posts/a-title/ /posts/topics/asylum/ /posts/2026/ /attorneys/an-attorney/
    /offices/ /offices/fort-lee/ /offices/fort-lee.4.vcf /offices/fort-lee.vcf
    /offices/fort-lee.ics
    /offices/fort-lee.svg /feed/ /feed/rss/ /feed/asylum/ /feed/asylum/rss/ /sitemap.xml
    /feed/json/ /feed/asylum/json/ /attorneys/an-attorney/feed/ /llms.txt /card.png
    /attorneys/an-attorney/feed/rss/ /attorneys/an-attorney/feed/json/ /favicon.ico
    /apple-touch-icon.png /posts/a-title/card.png
    /robots.txt /healthz /search/
""".split()
READ_QUERIES = """
    / /posts/ /posts/topics/asylum/ /posts/2026/ /attorneys/an-attorney/ /search/
""".split()
NOWHERE = """
    /nothing /nothing/ /posts/unknown/ /posts/topics/unknown/ /posts/topics/
    /posts/0000/ /posts/1000/ /posts/2999/ /posts/9999/ /posts/?page=0 /posts/?page=-1
    /posts/?page=99999999 /posts/?page=abc /posts/?page=%ff /offices/unknown/
    /offices/unknown.vcf /offices/unknown.4.vcf /offices/unknown.ics
    /offices/unknown.svg /attorneys/unknown/
    /posts/unknown/card.png /attorneys/unknown/feed/ /feed/unknown/json/
    /feed/unknown/ /feed/unknown/rss/ /media/x /media/pictures/%s.jpg
""".replace("%s", "0" * 32).split()
DESK = """
    /admin/{} /admin/{}/ /admin/posts/{}/ /admin/jsi18n/{} /admin/autocomplete/{}
    /admin/posts/post/{}/ /admin/offices/closure/suggest/?{}
""".split()
# Of rows: each has a number.
ROWS = """
    /admin/r/{}/1/ /admin/r/1/{}/ /admin/auth/user/{}/password/
    /admin/posts/post/{}/preview/ /admin/posts/post/{}/publish/
    /admin/posts/post/{}/withdraw/ /admin/posts/post/{}/history/
    /admin/posts/post/{}/delete/ /admin/offices/office/{}/history/
    /admin/offices/office/{}/switch/ /admin/offices/office/{}/undo/1/
    /admin/offices/office/{}/history/1/
""".split()
AUTOCOMPLETE = "/admin/autocomplete/?app_label=posts&model_name=post&field_name=topics"


@pytest.fixture
def site(set_up, publish, client):
    author = Attorney.objects.create(name="An Attorney", slug="an-attorney")
    publish(topics=["Asylum"], published_on=date(2026, 1, 5), author=author)
    client.raise_request_exception = False
    return client


@pytest.fixture
def desk(site):
    site.force_login(User.objects.get(username="attorney"))
    return site


@pytest.fixture
def short_refusals(monkeypatch):
    """Finding out that a page must say no takes a tenth of the time of that page."""

    def say_no(request, exception):
        return HttpResponseNotFound()

    monkeypatch.setattr("posts.public.not_found.page_not_found", say_no)


def failed(client, addresses):
    """The addresses that a 500 answered."""
    return [a[:90] for a in addresses if client.get(a).status_code >= 500]


def test_a_broken_address_is_answered(site, short_refusals):
    assert failed(site, [p.format(b) for p, b in product(PLACES, BROKEN)]) == []


def test_the_page_that_says_no_may_name_what_is_broken(site):
    assert failed(site, [f"/posts/{broken}/" for broken in BROKEN]) == []


def test_a_broken_query_is_answered(site, short_refusals):
    names = "page q section topic year language".split()
    each = ["&".join([b, *(f"{name}={b}" for name in names)]) for b in BROKEN]
    asked = [f"{page}?{query}" for page, query in product(READ_QUERIES, each)]
    # Others do not look what is in it. An address with a NUL is refused unread.
    everything = "&".join(broken for broken in BROKEN if "%00" not in broken)
    others = [page for page in PAGES if page not in READ_QUERIES]
    assert failed(site, asked + [f"{page}?{everything}" for page in others]) == []


def test_a_broken_address_of_the_desk_is_answered(desk, short_refusals):
    forms = [f"/admin/{m._meta.label_lower}/{{}}/change/" for m in admin.site._registry]
    rows = [*ROWS, *(form.replace(".", "/", 1) for form in forms)]
    asked = [*product(DESK, BROKEN), *product(rows, NO_NUMBERS)]
    assert failed(desk, [place.format(broken) for place, broken in asked]) == []


def test_a_broken_query_of_the_desk_is_answered(desk, short_refusals):
    lists = ["p={0}", "_to_field={0}", "topics__id__exact={0}", "language__exact={0}"]
    lists += ["author__id__exact={0}"]
    lists += ["o={0}&q={0}&all={0}&_popup={0}&_changelist_filters={0}"]
    queries = [f"/admin/posts/post/?{query}" for query in lists]
    queries += ["/admin/login/?next={0}", "/admin/auth/user/?q={0}"]
    queries += [f"{AUTOCOMPLETE}&term={{0}}", f"{AUTOCOMPLETE}&page={{0}}"]
    asked = [query.format(broken) for query, broken in product(queries, BROKEN)]
    asked += ["/admin/posts/post/?e=x", "/admin/posts/post/add/?topics=x"]
    asked += ["/admin/posts/post/?published_on__year=0"]
    assert failed(desk, asked) == []


def test_what_is_not_there_is_a_404_that_leads_on(site):
    facts = [f for o in Office.objects.all() for f in (o.street_line, o.city_line)]
    for address in NOWHERE:
        response = site.get(address, follow=True)
        page = response.content.decode()
        assert response.status_code == 404, address
        assert "<h1>This page is not here</h1>" in page, address
        footer = page.partition('<footer class="bottom footer"')[2]
        for fact in (*facts, 'href="tel:+12014489837"'):
            assert fact in footer, address


def test_a_nul_is_refused_in_words(site):
    for address in ("/%00", "/posts/?q=%00", "/admin/%00", "/admin/?q=a%00b"):
        response = site.get(address)
        said = response.content.decode()
        assert response.status_code == 400, address
        assert "This address holds a character that no" in said, address


def test_an_unknown_host_is_refused(site):
    for host in ("evil.example", "", "a_b", "127.0.0.1:x", "127.0.0.1@x"):
        response = site.get("/", headers={"host": host})
        assert response.status_code == 400, host
        assert "We could not read this request" in response.content.decode(), host


def test_the_public_site_takes_nothing_in(site):
    before = list(Post.objects.values()), list(Edition.objects.values())
    methods = (site.post, site.put, site.patch, site.delete, site.trace, site.options)
    for address, method in product((*PAGES, "/nothing/", "/admin"), methods):
        response = method(address)
        asked = (method.__name__, address)
        assert response.status_code == 405, asked
        assert response["Allow"] == "GET, HEAD" and response.content == b"", asked
    assert before == (list(Post.objects.values()), list(Edition.objects.values()))


def test_head_is_answered_like_get_without_the_text(site):
    for address in (*PAGES, "/nothing/"):
        get, head = site.get(address), site.head(address)
        assert head.status_code == get.status_code and head.content == b"", address
        get.headers.pop("ETag", None)  # Django gives it to GET alone
        assert head.headers == get.headers, address


def test_a_missing_slash_leads_to_no_other_host(site):
    for address in ("//evil.example/posts", "/%5Cevil.example/x", "/%2Fevil.example"):
        leads_to = site.get(address).headers.get("Location", "/")
        assert leads_to[:2] not in ("//", "/\\", "ht"), address


def test_the_500_page_stands_alone_when_a_view_breaks(site, monkeypatch):
    monkeypatch.setattr("posts.public.views.newest", lambda window: 1 / 0)
    response = site.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "reload" not in response.content.decode().lower()


def test_a_mistyped_year_takes_no_page_down(desk, post_form):
    years = ("published_on", "0026-11-24"), ("published_on", "3026-11-24")
    slugs = []
    for field, value in [*years, ("law_as_of", "9999-12-31")]:
        slugs.append(f"mistyped-{value}")
        form = post_form(title=f"Mistyped {value}", slug=slugs[-1], **{field: value})
        desk.post("/admin/posts/post/add/", form)
    for post in Post.objects.filter(slug__in=slugs):
        with suppress(ValidationError):
            publishing.publish(post, by=None)
    assert failed(desk, [*PAGES, *(f"/posts/{slug}/" for slug in slugs)]) == []


def test_a_time_too_late_for_the_calendar_is_answered(desk, make_post):
    post = make_post("Too late", slug="too-late")
    address = f"/admin/posts/post/{post.pk}/publish/"
    seen = desk.get(address).context["form"].initial["version_token"]
    response = desk.post(address, {"at": "9999-12-31T23:59", "version_token": seen})
    assert response.status_code < 500
    assert failed(desk, [*PAGES, "/admin/posts/post/", address]) == []


def test_a_closure_until_further_notice_takes_no_page_down(desk):
    office = Office.objects.get(slug="fort-lee")
    day = {"first_day": "2026-11-24", "last_day": "9999-12-31", "reason": "a move"}
    desk.post("/admin/offices/closure/add/", {"office": office.pk, **day})
    assert failed(desk, [*PAGES, "/admin/offices/office/"]) == []


def test_a_session_cookie_with_a_nul_is_answered(site):
    site.cookies.clear()
    response = site.get("/admin/", headers={"cookie": r'sessionid="abcdefgh\000"'})
    assert response.status_code == 302
