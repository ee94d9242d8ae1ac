"""Old addresses at the desk: by hand, from a table, and the old sitemap compared."""

import gzip
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from helpers.desk import page
from helpers.form_opened import seen
from helpers.served import ROOT

from lawblog.models import Entry
from lawblog.records.verify import verify
from posts.models import OldAddress

LIST = "/admin/posts/oldaddress/"
TABLE, COMPARE = f"{LIST}from-table/", f"{LIST}compare/"


def add(client, **fields):
    form = {"address": "/old", "post": "", "target": "", **fields}
    return client.post(f"{LIST}add/", form).content.decode()


def look(client, text, **more):
    return client.post(TABLE, {"text": text, **more}).content.decode()


def kept():
    return {
        row.address: row.post.slug if row.post else row.target or "gone"
        for row in OldAddress.objects.all()
    }


@pytest.mark.slow
def test_an_address_is_added_by_hand(attorney_client, make_post):
    post = make_post()
    add(attorney_client, address="https://old.example.com/A%20b/?p=1", post=post.pk)
    add(attorney_client, address="/gone", gone="on")
    add(attorney_client, address="/team", target="http://127.0.0.1:8000/about/")
    assert kept() == {"/A b/?p=1": "a-title", "/gone": "gone", "/team": "/about/"}
    text = page(attorney_client, LIST)
    assert "the article “A title”" in text and "gone for good" in text


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({}, "Choose one: the article, a page of this site, or"),
        ({"gone": "on", "target": "/about/"}, "Choose one"),
        ({"address": "", "gone": "on"}, "This field is required."),
        ({"address": "www.example.com/a", "gone": "on"}, "An address begins with /"),
        ({"address": "/a" * 400, "gone": "on"}, "at most 500 characters"),
        ({"address": "/about/", "gone": "on"}, "This is an address of this site"),
        ({"target": "https://evil.example/"}, "never to another one"),
        ({"target": "/nowhere/"}, "which is no page of this site and no old address"),
        ({"target": "/old/"}, "It leads in a circle: /old → /old/"),
        ({"post": "999999"}, "What you chose is not there any more."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_typed_is_lost(
    attorney_client, fields, sentence
):
    text = add(attorney_client, **fields)
    assert sentence in text and not OldAddress.objects.exists()
    assert f'value="{fields.get("address", "/old")}"' in text or not fields.get(
        "address", "/old"
    )


def test_an_address_is_in_the_table_once(attorney_client):
    add(attorney_client, address="/old", gone="on")
    assert "in the table already" in add(
        attorney_client, address="https://x.example/old", gone="on"
    )


@pytest.mark.slow
def test_each_change_is_on_record_with_who_made_it(attorney_client):
    add(attorney_client, gone="on")
    row = OldAddress.objects.get()
    form = {"address": "/old", "post": "", "target": "/about/", **seen(row)}
    attorney_client.post(f"{LIST}{row.pk}/change/", form)
    look(attorney_client, "/two,,410\n/three,/about/", save=1)
    attorney_client.post(f"{LIST}{row.pk}/delete/", {"post": "yes", **seen(row)})
    lines = Entry.objects.filter(subject="posts.oldaddress").order_by("seq")
    kinds = [line.kind for line in lines]
    assert kinds == ["added", "changed", "added", "added", "removed"]
    assert all('"name":"Anna Example"' in line.line for line in lines)
    assert list(verify()) == []


@pytest.mark.slow
def test_staff_do_not_come_near(staff_client, set_up):
    OldAddress.objects.create(address="/a", gone=True)
    for address in (LIST, f"{LIST}add/", TABLE, COMPARE):
        assert staff_client.get(address).status_code == 403
        assert staff_client.post(address, {"text": "/b,,410"}).status_code == 403
    assert kept() == {"/a": "gone"}


@pytest.mark.slow
def test_a_table_is_looked_at_and_then_saved(attorney_client, publish, make_post):
    publish("Is a sanctuary city")
    make_post("Que es", slug="que-es")
    text = (ROOT / "tests/data/old_addresses.csv").read_text()
    shown = look(attorney_client, text)
    assert not OldAddress.objects.exists()
    assert "4 to save, 4 refused" in shown
    for sentence in (
        "It leads in a circle: /a → /b → /a",
        "It leads in a circle: /b → /a → /b",
        "It leads in a circle: /c → /a → /b → /a",
        "never to another one",
    ):
        assert sentence in shown
    look(attorney_client, text, save=1)
    assert kept() == {
        "/single-post/2018/08/27/Is-a-Sanctuary-City": "is-a-sanctuary-city",
        "/post/qué-es": "que-es",
        "/?p=123": "/about/",
        "/gone": "gone",
    }
    again = look(attorney_client, text)
    assert "0 to save" in again and again.count("Already so") == 4


@pytest.mark.slow
def test_a_table_changes_what_is_known(attorney_client, set_up):
    look(attorney_client, "/a;/about/;301\n/b;/about/;", save=1)
    shown = look(attorney_client, "/a\t\t410")
    assert "1 to save" in shown and "Changed: gone for good" in shown
    look(attorney_client, "/a\t\t410", save=1)
    assert kept() == {"/a": "gone", "/b": "/about/"}
    assert list(verify()) == []


@pytest.mark.parametrize(
    "line, sentence",
    [
        ("/a", "It does not say where it leads"),
        ("/a,/about/,410", "gone by its code, and leads to a page"),
        ("/a,/about/,500", "The code 500 is neither 301 nor 410"),
        ("words,/about/", "An address begins with /"),
        ("/a,/nowhere/", "no page of this site"),
        ("/a,//evil.example/", "never to another one"),
        ("/offices/,/about/", "This is an address of this site"),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_the_others_go_on(
    attorney_client, line, sentence
):
    look(attorney_client, f"old,new,code\n{line}\n/good,/about/,301", save=1)
    assert kept() == {"/good": "/about/"}
    shown = look(attorney_client, f"old,new,code\n{line}\n/good,/about/,301")
    assert "0 to save, 1 refused" in shown and sentence in shown


def test_lines_may_lead_on_to_later_ones_and_stand_once(attorney_client, set_up):
    shown = look(attorney_client, "/a,/b\n/b,/about/\n/a,/offices/", save=1)
    assert kept() == {"/a": "/b", "/b": "/about/"}
    shown = look(attorney_client, "/a,/b\n/a,/offices/")
    assert "It stands in the table twice." in shown


def test_a_file_is_read_in_any_usual_encoding(attorney_client, set_up):
    for name, encoding in (("a", "utf-8-sig"), ("b", "utf-16"), ("c", "cp1252")):
        data = f"/{name}/café,/about/\n".encode(encoding)
        file = SimpleUploadedFile("table.csv", data)
        attorney_client.post(TABLE, {"file": file, "save": 1})
    assert set(kept()) == {"/a/café", "/b/café", "/c/café"}


@pytest.mark.parametrize("address", [TABLE, COMPARE])
@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "The submitted file is empty"),
        (b"\x00\x01\x02" * 99, "errorlist"),
        (b"a" * 11 * 1024 * 1024, "It is larger than"),
        (gzip.compress(b"<urlset/>" * 9), "errorlist"),
        (b"rewrite ^/a$ /b permanent;", "It holds no addresses."),
    ],
    ids=["empty", "bytes", "large", "packed", "other"],
)
def test_a_file_that_is_none_gets_a_sentence(attorney_client, address, data, sentence):
    answer = attorney_client.post(address, {"file": SimpleUploadedFile("x", data)})
    assert answer.status_code == 200 and "errorlist" in answer.content.decode()
    assert sentence in answer.content.decode()


def test_nothing_given_gets_a_sentence(attorney_client):
    for address in (TABLE, COMPARE):
        text = attorney_client.post(address, {}).content.decode()
        assert "Choose a file, or paste its text." in text


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
{}</urlset>"""


def sitemap(*paths):
    urls = (
        f"<url><loc>https://old.example.com{path}</loc><image:image><image:loc>"
        "https://old.example.com/picture.jpg</image:loc></image:image></url>"
        for path in paths
    )
    return SITEMAP.format("\n".join(urls))


def compare(client, text):
    return client.post(COMPARE, {"text": text}).content.decode()


def test_an_old_sitemap_is_compared_and_what_leads_nowhere_is_listed(
    attorney_client, publish, make_post
):
    publish("Live")
    waiting = make_post("Not yet")
    OldAddress.objects.create(address="/?p=7", post=waiting)
    OldAddress.objects.create(address="/removed", gone=True)
    text = compare(
        attorney_client,
        sitemap("/", "/post/live", "/?p=7", "/removed/", "/prices?x=1", "/2018/09/x/"),
    )
    result = text.partition("<form method")[0]
    assert "2 of 6 lead nowhere" in result and "picture.jpg" not in result
    assert "add/?address=%2Fprices%3Fx%3D1" in result
    assert "/post/live → " in result and 'href="/posts/live/"' in result
    assert "To an article that readers do not see yet: 1." in result
    assert OldAddress.objects.count() == 2


def test_a_list_of_addresses_will_do(attorney_client, set_up):
    text = compare(
        attorney_client, "https://a.example/x\n\n/about/\nwords\n/x\n/x,2020"
    )
    assert "1 of 2 lead nowhere" in text and "Lines without an address: 1." in text


@pytest.mark.slow
def test_a_sitemap_may_be_compressed_or_broken_and_the_latter_is_said(
    attorney_client, set_up
):
    def told(data):
        file = SimpleUploadedFile("sitemap.xml.gz", data)
        return attorney_client.post(COMPARE, {"file": file}).content.decode()

    whole = gzip.compress(sitemap("/x", "/about/").encode())
    assert "1 of 2 lead nowhere" in told(whole)
    assert "It is cut off." in told(whole[:-9])
    assert "It is damaged." in told(whole[:12] + b"x" * 50)
    assert "larger than 10 MB" in told(gzip.compress(b"0" * 11_000_000))
    broken = sitemap("/x", "/y").replace("</url>", "", 1)
    assert "addresses may be missing" in told(broken.encode())
    assert "addresses may be missing" not in told(whole)


BOMB = """<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<urlset><url><loc>&b;</loc></url></urlset>"""


@pytest.mark.parametrize(
    "text, sentence",
    [
        (BOMB, "It declares a document type or entities"),
        (
            '<!DOCTYPE a SYSTEM "file:///etc/passwd"><urlset/>',
            "It declares a document type or entities",
        ),
        (
            "<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap>"
            "</sitemapindex>",
            "one by one: https://a.example/s.xml",
        ),
        ("<urlset></urlset>", "It holds no addresses"),
        ("words\nand words", "It holds no addresses"),
        ("<" * 5000, "It"),
        ("<a>" * 100_000, "It"),
        ("\n".join(f"/{n}" for n in range(5001)), "more than 5,000 addresses"),
    ],
    ids=["bomb", "outside", "index", "empty", "words", "broken", "deep", "many"],
)
def test_a_sitemap_that_is_none_gets_a_sentence(attorney_client, text, sentence):
    assert sentence in compare(attorney_client, text)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sitemap.xml", text)
    file = SimpleUploadedFile("s.zip", packed.getvalue())
    answer = attorney_client.post(COMPARE, {"file": file})
    assert "It is packed. Unpack it first." in answer.content.decode()
