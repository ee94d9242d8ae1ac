from datetime import date
import pytest
from django.contrib import admin
from django.contrib.auth.models import User

BROKEN = ["%00","a%00b","%2500","%zz","%","%ff","%c0%af","%ed%a0%80","%f0%9f%98%80","..%2f..%2fetc%2fpasswd","%0d%0aX:1","a"*5000,"0","-1","9"*5000,"9"*19,"9"*40,"1e9","%D9%A1", "%C2%B2", "None","_5F","_0A"]
PUBLIC = ["/{}","/{}/","/posts/{}","/posts/{}/","/posts/topics/{}/","/offices/{}/","/feed/{}/","/feed/{}/rss/","/media/{}","/media/pictures/{}","/static/{}","//{}", "/healthz{}", "/sitemap.xml{}"]
DESK = ["/admin/{}","/admin/{}/","/admin/posts/{}/","/admin/r/{}/1/","/admin/r/1/{}/", "/admin/jsi18n/{}", "/admin/autocomplete/{}", "/admin/auth/user/{}/password/"] + [f"/admin/posts/post/{{}}/{p}/" for p in ("change","preview","publish","withdraw","history","delete")] + [f"/admin/{m}/{{}}/change/" for m in ("offices/firm","offices/office","offices/attorney","posts/topic","auth/user","auth/group")] + ["/admin/posts/post/{}/"]

@pytest.fixture
def site(set_up, publish, client):
    client.raise_request_exception = False
    publish(topics=["Asylum"])
    return client

def bad(client, addresses):
    out = []
    for a in addresses:
        r = client.get(a)
        getattr(r, "content", None)
        if r.status_code >= 500 : out.append((a[:80], r.status_code, repr(r.exc_info[1])[:200] if getattr(r,"exc_info",None) else ""))
    return out

@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b[:12])
def test_p(site, broken):
    assert bad(site, [p.format(broken) for p in PUBLIC]) == []

@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b[:12])
def test_d(site, broken):
    site.force_login(User.objects.get(username="attorney"))
    assert bad(site, [p.format(broken) for p in DESK]) == []

@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b[:12])
def test_q(site, broken):
    ads = ["/","/posts/","/posts/a-title/","/posts/topics/asylum/","/posts/2026/","/offices/","/offices/fort-lee/","/feed/","/feed/asylum/rss/","/sitemap.xml","/robots.txt","/healthz","/admin/login/"]
    assert bad(site, [f"{a}?{n}={broken}" for a in ads for n in ("page","q","section","p","next")]+[f"{a}?{broken}" for a in ads]) == []

@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b[:12])
def test_dq(site, broken):
    site.force_login(User.objects.get(username="attorney"))
    names = "p o q e all _facets _to_field _popup _changelist_filters topics__id__exact language__exact author__id__exact is_staff__exact groups__id__exact id__in published_on__year published_on__gte id".split()
    ads = [f"/admin/{m._meta.app_label}/{m._meta.model_name}/" for m in admin.site._registry]
    ads = [f"{a}?{n}={broken}" for a in ads for n in names]
    ads += [f"{a}?{n}={broken}" for a in ("/admin/posts/post/add/","/admin/offices/office/add/","/admin/auth/user/add/") for n in "title body author topics law_as_of published_on language slug is_principal _to_field _popup _changelist_filters".split()]
    base = dict(term="a", app_label="posts", model_name="post", field_name="topics", page="1")
    ads += ["/admin/autocomplete/?" + "&".join(f"{k}={broken if k==n else v}" for k,v in base.items()) for n in base]
    assert bad(site, ads) == []
