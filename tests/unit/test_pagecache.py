"""A page is rendered once, and never differs by who asks."""

import gzip

import brotli
import pytest
from helpers.pagecache import ARTICLE

from lawblog.pagecache.responses import encoding_for, matches

pytestmark = pytest.mark.django_db(transaction=True)


PUBLIC = ["/", "/posts/", "/posts/?page=1", ARTICLE, "/offices/", "/feed/"]


@pytest.mark.slow
@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_is_rendered_once_and_costs_no_query_after_that(
    site, address, django_assert_num_queries
):
    first = site(address)
    with django_assert_num_queries(0):
        assert site(address) == first and first[0] == 200
    assert len(site.asked) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "accepted, encoding, decode",
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("", "identity", bytes),
        ("gzip, br, " + "x" * 8000, "identity", bytes),
    ],
)
def test_each_encoding_has_its_own_strong_tag(site, accepted, encoding, decode):
    status, headers, body = site(HTTP_ACCEPT_ENCODING=accepted)
    assert headers["ETag"].endswith(f'-{encoding}"') and headers["ETag"][0] == '"'
    assert headers.get("Content-Encoding", "identity") == encoding
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Length"] == str(len(body))
    assert decode(body) == site()[2]


@pytest.mark.parametrize("accepted", [";q=;;,=,", "br;q=abc", ",,,,", "*", "\xff"])
def test_a_broken_accept_encoding_is_no_error(accepted):
    assert encoding_for(accepted) in ("br", "identity")


@pytest.mark.slow
def test_what_is_unchanged_is_not_sent_again_and_keeps_its_headers(site):
    _, headers, _ = site()
    tag = headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        status, unchanged, body = site(HTTP_IF_NONE_MATCH=asked)
        assert (status, body) == (304, b"")
        for name in set(headers) - {"Content-Type", "Content-Length"}:
            assert unchanged[name] == headers[name]
    assert site(HTTP_IF_NONE_MATCH='"other"')[0] == 200
    assert not matches(tag, tag.strip('"'))


@pytest.mark.slow
def test_head_has_the_headers_and_no_body(site):
    assert site(method="HEAD") == (*site()[:2], b"")
