"""Addresses of the site before this one lead on, in one hop."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts import publishing
from posts.models import Edition, OldAddress, Post, Topic
from posts.old_addresses.saving import Refused, checked, note_import
from posts.public.paths import leads_to

pytestmark = pytest.mark.slow


@pytest.fixture
def old(set_up):
    """old("/a", post) or old("/a", target="/about/"): a row of the table."""

    def make(address, post=None, **fields):
        row = checked(OldAddress(address=address, post=post, **fields))
        row.save()
        return row

    return make


def hops(client, address):
    """[(status, address)] of the way to a page."""
    way = []
    while len(way) < 9:
        answer = client.get(address)
        way.append((answer.status_code, address))
        if answer.status_code not in (301, 302):
            return way
        address = answer.url
    return way


@pytest.mark.parametrize(
    "kept, asked",
    [
        ("/single-post/2018/08/27/Is-a-City", "/single-post/2018/08/27/Is-a-City"),
        ("/single-post/2018/08/27/Is-a-City", "/single-post/2018/08/27/is-a-city/"),
        ("/post/qu%C3%A9-es", "/post/qu%C3%A9-es?utm_source=x"),
        ("https://old.example.com/?p=12", "/?p=12"),
        ("/?p=12", "/index.php?p=12&fbclid=1"),
        ("/?p=12", "/?utm_medium=x&p=12"),
        ("/old/2018/x.html", "/OLD/2018/x.html"),
        ("/posts/2018-08-27-x", "/posts/2018-08-27-x"),
        ("/page.asp?id=7", "/page.asp?id=7"),
    ],
)
def test_an_old_address_leads_to_the_article_in_one_hop(
    client, old, publish, kept, asked
):
    old(kept, publish("Where it is now").post)
    for ask in (client.get, client.head):
        answer = ask(asked)
        assert (answer.status_code, answer.url) == (301, "/posts/where-it-is-now/")
        assert answer["Cache-Control"] == "no-cache" and answer.content == b""


def test_a_query_that_is_none_of_the_tables_is_the_front_page(client, old, publish):
    old("/?p=12", publish().post)
    for address in ("/", "/?p=", "/?p=x", "/?page=2", "/?q=x&r=y"):
        assert client.get(address).status_code == 200


def test_a_number_of_an_article_that_is_none_here_is_not_the_front_page(
    client, old, make_post
):
    old("/?p=12", make_post())
    # A draft's like an unknown one.
    numbered = "/?p=12 /?p=13 /?page_id=7 /es/?p=13 /index.php?p=12 /index.php?p=13"
    for address in numbered.split():
        assert client.get(address).status_code == 404


def test_it_follows_the_article_wherever_that_moves(client, old, publish):
    post = publish("First").post
    old("/old", post)
    for slug in ("second", "third"):
        Post.objects.filter(pk=post.pk).update(slug=slug)
        publish(Post.objects.get(pk=post.pk))
    assert hops(client, "/old") == [(301, "/old"), (200, "/posts/third/")]
    assert hops(client, "/posts/first") == [
        (301, "/posts/first"),
        (200, "/posts/third/"),
    ]


def test_a_spanish_article_is_found_under_es(client, old, publish):
    old("/post/x", publish("Asilo", language="es").post)
    assert client.get("/post/x").url == "/es/posts/asilo/"
    assert client.get("/single-post/asilo").url == "/es/posts/asilo/"


def test_a_drafts_old_address_answers_like_an_unknown_one(client, old, make_post):
    post = make_post("A secret")
    old("/old", post)
    unknown = client.get("/another")
    for _ in range(2):
        answer = client.get("/old")
        assert answer.status_code == unknown.status_code == 404
        assert len(answer.content) == len(unknown.content)
        # The same while it is only scheduled.
        publishing.publish(post, by=None, at=timezone.now() + timedelta(days=1))
        post = Post.objects.get()
    # Nor does it hide what is read there by itself.
    old("/ABOUT/", post)
    assert client.get("/ABOUT/").url == "/about/"
    publishing.publish(post, by=None)
    assert client.get("/old").url == "/posts/a-secret/"


def test_what_was_withdrawn_is_gone(client, old, publish):
    post = publish().post
    old("/old", post)
    publishing.withdraw(post, by=None)
    assert client.get("/old").status_code == 410


def test_what_is_gone_for_good_says_so_in_the_page_s_language(client, old):
    old("/old", gone=True)
    old("/es/viejo", gone=True)
    answer = client.get("/old/")
    assert answer.status_code == 410
    assert "<h1>This page was removed</h1>" in answer.content.decode()
    assert "noindex" in answer.content.decode()
    answer = client.get("/es/viejo")
    assert answer.status_code == 410
    assert "<h1>Quitamos esta página</h1>" in answer.content.decode()


def test_a_chain_is_one_hop_and_a_circle_is_refused(client, old, publish):
    old("/a", publish("The end").post)
    old("/b", target="/a")
    old("/c", target="/B/")
    assert hops(client, "/c") == [(301, "/c"), (200, "/posts/the-end/")]
    row = OldAddress.objects.get(address="/a")
    row.post, row.target = None, "/c"
    with pytest.raises(Refused, match="in a circle: /a → /c → /B/ → /a"):
        checked(row)
    with pytest.raises(Refused, match="in a circle"):
        old("/self", target="/SELF/")


def test_a_circle_that_came_past_us_is_a_404(client, old):
    OldAddress.objects.bulk_create(
        OldAddress(address=a, key=a, target=b) for a, b in (("/a", "/b"), ("/b", "/a"))
    )
    assert client.get("/a").status_code == 404


@pytest.mark.parametrize(
    "target",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x"]
    + ["about", "/nowhere/", "http://[", "/about/\r\nX: y"],
)
def test_it_leads_to_no_other_site_and_not_nowhere(old, target):
    with pytest.raises(Refused):
        old("/a", target=target)


@pytest.mark.parametrize(
    "address",
    ["/", "/about/", "/index.html", "/offices/", "/feed/", "/Admin", "/admin/x/?a=1"],
)
def test_our_own_addresses_are_not_taken(old, address):
    with pytest.raises(Refused, match="of this site"):
        old(address, gone=True)


def test_an_address_may_begin_like_the_desks(old):
    old("/administrative-law", gone=True)
    old("/adm", gone=True)


def test_of_two_that_differ_in_capitals_the_one_that_is_spelled_so_is_meant(
    client, old, publish
):
    old("/Page", publish("One").post)
    old("/page", publish("Two").post)
    assert client.get("/Page").url == "/posts/one/"
    assert client.get("/page").url == "/posts/two/"
    assert client.get("/PAGE").status_code == 301


OURS = [
    ("/POSTS/", "/posts/"),
    ("/Posts/Asylum-Faq/", "/posts/Asylum-FAQ/"),
    ("/posts/asylum-faq", "/posts/Asylum-FAQ/"),
    ("/posts/ASYLUM-FAQ/qr.svg", "/posts/Asylum-FAQ/qr.svg"),
    ("/Offices/Fort-Lee/", "/offices/fort-lee/"),
    ("/offices/FORT-LEE.vcf", "/offices/fort-lee.vcf"),
    ("/posts/topics/ASYLUM/", "/posts/topics/asylum/"),
    ("/About", "/about/"),
    ("/robots.txt/", "/robots.txt"),
    ("/offices/Fort-Lee.vcf/", "/offices/fort-lee.vcf"),
    ("/ES/Posts/", "/es/posts/"),
    ("/Feed/Asylum/", "/feed/asylum/"),
    # As messages and programs make links of them.
    ("/posts/Asylum-FAQ.", "/posts/Asylum-FAQ/"),
    ("/posts/asylum-faq/%29.", "/posts/Asylum-FAQ/"),
    ("/posts/Asylum-FAQ%E2%80%9D", "/posts/Asylum-FAQ/"),
    ("/posts//Asylum-FAQ/", "/posts/Asylum-FAQ/"),
    ("//posts/Asylum-FAQ/", "/posts/Asylum-FAQ/"),
    ("/posts/Asylum-FAQ/&utm_source=mail", "/posts/Asylum-FAQ/"),
    ("/posts/Asylum-FAQ/%3Ffbclid=1", "/posts/Asylum-FAQ/"),
    ("/post/asylum-faq.", "/posts/Asylum-FAQ/"),
    ("/offices/fort-lee.vcf,", "/offices/fort-lee.vcf"),
    ("/es/posts/,", "/es/posts/"),
    ("/)", "/"),
]


def test_addresses_of_our_own_in_other_letters_lead_to_the_right_one(
    client, set_up, publish
):
    publish("Asylum", slug="Asylum-FAQ", topics=["Asylum"])
    publish("Asilo", language="es")
    for asked, page in OURS:
        assert hops(client, asked) == [(301, asked), (200, page)], asked


def test_pages_of_a_list_are_kept_on_the_way(client, set_up, publish):
    for number in range(11):
        publish(f"No {number}")
    for address in ("/Posts/", "/posts/.", "/posts//"):
        assert client.get(f"{address}?page=2").url == "/posts/?page=2", address


def test_a_page_of_a_list_that_is_not_there_is_no_way_on(client, set_up, publish):
    publish()
    assert client.get("/posts/?page=99").status_code == 404


def test_shapes_lead_on_without_the_table(client, set_up, publish):
    publish("A title", topics=["Asylum"])
    for address, page in (
        ("/single-post/2018/08/27/A-Title", "/posts/a-title/"),
        ("/2018/08/a-title.html?m=1", "/posts/a-title/"),
        ("/tag/asylum/", "/posts/topics/asylum/"),
        ("/blog-feed.xml", "/feed/rss/"),
        ("/blog/page/3", "/posts/"),
    ):
        assert hops(client, address) == [(301, address), (200, page)]
    assert client.get("/tag/unknown/").status_code == 404


def test_the_table_goes_before_shapes(client, old, publish):
    publish("A title")
    old("/post/a-title", target="/about/")
    for address in ("/post/a-title", "/post/a-title).", "/post/a-title&m=1"):
        assert client.get(address).url == "/about/", address


def test_what_no_address_holds_is_unknown(client, old):
    old("/a", gone=True)
    for address in ("/a%2500b", "/posts/a%252500b/", "/2018/05/a%2500b/"):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("rows", [0, 300])
def test_an_unknown_address_costs_as_much_however_long_the_table_is(
    client, set_up, rows
):
    OldAddress.objects.bulk_create(
        OldAddress(address=f"/a{n}", key=f"/a{n}", gone=True) for n in range(rows)
    )
    client.get("/warm")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/nothing/at/all").status_code == 404
    asked = [q for q in queries if "posts_oldaddress" in q["sql"]]
    # The first time, whether there are any; then one by the index.
    assert len(asked) <= (2 if rows else 1)


def test_an_unknown_article_costs_no_query_that_is_written_anew(
    client, set_up, publish, monkeypatch
):
    """Writing one takes several times as long as looking up (compiled_queries.py)."""
    publish()
    written, real = [], SQLCompiler.as_sql

    def count(compiler, *args, **named):
        written.append(compiler.query.model)
        return real(compiler, *args, **named)

    assert client.get("/posts/unknown/").status_code == 404
    monkeypatch.setattr(SQLCompiler, "as_sql", count)
    assert client.get("/posts/unknown-too/").status_code == 404
    assert Edition not in written


def test_a_redirect_renders_no_page(client, old, publish, monkeypatch):
    old("/old", publish().post)
    monkeypatch.setattr("django.views.defaults.page_not_found", None)
    monkeypatch.setattr("posts.public.not_found.render", None)
    monkeypatch.setattr("posts.public.not_found.page_not_found", None)
    assert client.get("/old").status_code == 301


def test_every_public_path_leads_to_itself(set_up, publish):
    publish(topics=["Asylum"])
    for path in ("/", "/es/", "/posts/", "/posts/a-title/", "/posts/topics/asylum/"):
        assert leads_to(path) == path


def test_importing_fills_the_table_and_takes_nothing_from_it(client, old, make_post):
    old("/taken", gone=True)
    post = make_post()
    told = [
        *("https://old.example.com/2018/08/a/", "https://old.example.com/?p=12"),
        *("/taken", "/about/", "x" * 600, "/2018/08/a/", "mailto:a@b.com"),
    ]
    assert note_import(post, told) == ["/2018/08/a/", "/?p=12"]
    assert note_import(post, told) == []
    assert OldAddress.objects.get(address="/taken").gone
    # Of pages of ours in other letters, too.
    assert note_import(post, ["/about", "/ABOUT/"]) == []
    assert set(post.old_addresses.values_list("source", flat=True)) == {"import"}


def test_a_topic_that_moved_is_one_hop_from_its_old_name_too(client, set_up, publish):
    publish(topics=["Asylum"])
    topic = Topic.objects.get()
    topic.slug = "refuge"
    topic.save()
    assert hops(client, "/category/asylum") == [
        (301, "/category/asylum"),
        (200, "/posts/topics/refuge/"),
    ]
