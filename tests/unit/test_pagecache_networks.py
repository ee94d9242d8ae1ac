"""What content delivery networks are told."""

import pytest
from helpers.pagecache import save_firm

from lawblog.pagecache import redis_listener

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
def test_a_network_of_caches_is_told_nothing_unless_asked(site, settings):
    headers = site()[1]
    assert headers["Cache-Control"] == "no-cache"
    assert not {"CDN-Cache-Control", "Surrogate-Key"} & set(headers)
    settings.CDN_SECONDS = 5
    save_firm()
    headers = site()[1]
    late = "stale-while-revalidate=5, stale-if-error=5"
    assert headers["Cache-Control"] == f"public, max-age=0, s-maxage=5, {late}"
    assert headers["CDN-Cache-Control"] == f"max-age=5, {late}"
    assert headers["Surrogate-Key"] == "lawblog-pages"
    status, unchanged, _ = site(HTTP_IF_NONE_MATCH=headers["ETag"])
    assert status == 304
    for name in ("Cache-Control", "CDN-Cache-Control", "Surrogate-Key"):
        assert unchanged[name] == headers[name]


def test_the_listener_outlives_whatever_its_client_raises(monkeypatch):
    raised = iter([AttributeError("redis-py, amid a reconnection"), KeyboardInterrupt])

    def client(url):
        raise next(raised)

    monkeypatch.setattr(redis_listener.redis, "client", client)
    monkeypatch.setattr(redis_listener, "RETRY_SECONDS", 0)
    monkeypatch.setattr(redis_listener, "_away_since", None)
    with pytest.raises(KeyboardInterrupt):
        redis_listener.listen()


def test_what_is_not_a_kept_page_is_never_for_a_network(site, settings):
    settings.CDN_SECONDS = 5
    for address in ("/nothing-here/", "/search/?q=a", "/admin/login/", "/healthz"):
        headers = site(address)[1]
        assert "s-maxage" not in headers["Cache-Control"]
        assert "CDN-Cache-Control" not in headers
