"""One address has many spellings, and each shape of old site its rule."""

import unicodedata
from urllib.parse import quote

import pytest

from posts.old_addresses.other_blogs import asked_for
from posts.old_addresses.spelling import (
    MAX_ADDRESS_LENGTH,
    NoAddress,
    as_kept,
    key_of,
    keys_of,
    tidied,
)

SPANISH = "/post/Qué-es-el-Asilo"


@pytest.mark.parametrize(
    "path, query",
    [
        (SPANISH, ""),
        (SPANISH.lower() + "/", ""),
        (unicodedata.normalize("NFD", SPANISH), ""),
        (quote(SPANISH), ""),
        (quote(quote(SPANISH)), ""),
        ("//post//Qué-es-el-Asilo", ""),
        (SPANISH, "utm_source=mail&fbclid=abc"),
        (SPANISH + "/amp/", ""),
        (SPANISH, "m=1"),
    ],
)
def test_each_spelling_finds_what_was_kept(path, query):
    key = key_of(as_kept(f"https://www.example.com{quote(SPANISH)}?utm_medium=x#top"))
    assert key in keys_of(path, query)


@pytest.mark.parametrize(
    "path, query",
    [("/post/que-es-el-asilo", ""), ("/Qué-es-el-Asilo", ""), (SPANISH + "x", "")],
)
def test_other_addresses_do_not(path, query):
    assert key_of(as_kept(SPANISH)) not in keys_of(path, query)


@pytest.mark.parametrize(
    "kept, query, found",
    [
        ("/?p=12", "p=12", True),
        ("/?p=12", "p=12&utm_source=x", True),
        ("/?p=12", "P=12", True),
        ("/?p=12", "p=123", False),
        ("/?p=12", "", False),
        ("/?id=7&lang=es", "lang=es&id=7", True),
        ("/?id=7&lang=es", "id=7", False),
        ("/?id=7&lang=es", "a=1&lang=es&b=2&id=7", True),
        ("/?p=", "p=", True),
    ],
)
def test_a_query_is_found_among_what_was_added_to_it(kept, query, found):
    assert (key_of(as_kept(kept)) in keys_of("/", query)) is found


def test_no_database_is_asked_for_what_it_cannot_take():
    assert keys_of("/a%00b", "p=1") == keys_of("/a\0b", "") == []


def test_the_most_telling_key_comes_first():
    assert keys_of("/a/", "q=2&p=1") == [
        "/a?p=1&q=2",
        "/a?q=2",
        "/a?p=1",
        "/a",
    ]


@pytest.mark.parametrize(
    "text, kept",
    [
        (" https://www.example.com/A/B/?x=1&utm_source=y ", "/A/B/?x=1"),
        ("HTTP://example.com", "/"),
        ("//single-post/x", "/single-post/x"),
        ("?p=1", "/?p=1"),
        ("/caf%C3%A9%20x", "/café x"),
        ("/a%2Fb", "/a/b"),
    ],
)
def test_an_address_is_kept_as_its_source_had_it(text, kept):
    assert as_kept(text) == kept


@pytest.mark.parametrize(
    "text",
    ["www.example.com/a", "a", "javascript:alert(1)", "/" + "a" * 600, "/a%0d%0aB: c"]
    + ["/a%00", "/\u2028x", "mailto:a@b.com", "ftp://a/b"],
)
def test_what_is_no_address_is_refused_in_a_sentence(text):
    with pytest.raises(NoAddress, match=r"(address|characters)"):
        as_kept(text)


@pytest.mark.parametrize("query", ["&".join("a=1" for _ in range(60)), "=", "&&&", "%"])
def test_a_made_up_query_costs_little(query):
    assert 1 <= len(keys_of("/a", query)) <= 43
    assert len(keys_of("/a", "&".join(f"{n}={n}" for n in range(40)))) <= 43


@pytest.mark.parametrize(
    "old, ours",
    [
        ("/single-post/2018/08/27/A-Title", "/posts/a-title/"),
        ("/single-post/a-title", "/posts/a-title/"),
        ("/post/a-title", "/posts/a-title/"),
        ("/2018/08/a-title/", "/posts/a-title/"),
        ("/2018/08/27/a-title/", "/posts/a-title/"),
        ("/2018/08/a-title.html", "/posts/a-title/"),
        ("/a-title/", "/posts/a-title/"),
        ("/p/a-title.html", "/posts/a-title/"),
        ("/2018/08/27/a-title/amp/", "/posts/a-title/"),
        ("/blog/a-title", "/posts/a-title/"),
        ("/category/news/asylum/", "/posts/topics/asylum/"),
        ("/tag/asylum/", "/posts/topics/asylum/"),
        ("/blog/categories/asylum", "/posts/topics/asylum/"),
        ("/search/label/Asylum", "/posts/topics/asylum/"),
        ("/blog", "/posts/"),
        ("/blog/page/2", "/posts/"),
        ("/author/ann/", "/posts/"),
        ("/2018/", "/posts/2018/"),
        ("/2018/08/", "/posts/2018/"),
        ("/blog-feed.xml", "/feed/rss/"),
        ("/rss/", "/feed/rss/"),
        ("/feeds/posts/default", "/feed/"),
        ("/index.html", "/"),
        ("/es/post/un-titulo", "/es/posts/un-titulo/"),
        ("/contact", "/offices/"),
        ("/contact-us/", "/offices/"),
        ("/es/contacto", "/es/offices/"),
        ("/about-us", "/about/"),
        ("/privacy-policy/", "/privacy/"),
    ],
)
def test_each_shape_asks_for_a_page_of_ours(old, ours):
    assert next(asked_for(old)) == ours


@pytest.mark.parametrize(
    "path",
    ["/wp-login.php", "/.env", "/a/b/c/d", "/static/x.css", "/", "/❓"],
)
def test_other_addresses_ask_for_nothing(path):
    assert list(asked_for(path)) == []


@pytest.mark.parametrize(
    "added", [*".,;:!?)]>*|'\"”’»…", "\u200b", "\xa0", " ", ").", "//"]
)
def test_what_a_sentence_adds_to_an_address_is_no_part_of_it(added):
    for path in ("/posts/qué-es/", "/posts/qué-es", "/offices/fort-lee.vcf"):
        assert tidied(path + added).rstrip("/") == path.rstrip("/"), path


@pytest.mark.parametrize(
    "added", ["&utm_source=x", "?fbclid=1", "#top", ";jsessionid=1", "?a=/b/"]
)
def test_a_query_that_became_part_of_a_path_is_left_out(added):
    assert tidied(f"/posts/a-title/{added}") == "/posts/a-title/"


@pytest.mark.parametrize(
    "path",
    ["/", "/posts/a-title/", "/law/usc.8.1158/", "/a_/", "/.env", "/é", "/律师/"],
)
def test_an_address_to_which_nothing_was_added_stays_as_it_is(path):
    assert tidied(path) == path


def test_an_address_that_is_too_long_is_not_looked_at():
    path = "/a" + "." * MAX_ADDRESS_LENGTH
    assert tidied(path) == path
