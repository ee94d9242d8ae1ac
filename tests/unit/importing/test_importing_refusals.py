"""What cannot be read is refused with a sentence, and harms nothing."""

import io
import json
import zipfile

import pytest

from posts.importing import (
    CannotRead,
    Refusal,
    Upload,
    files,
    finishing,
    read,
    read_files,
    read_upload,
)

FEED = {"version": "https://jsonfeed.org/version/1.1"}
WORDS = "<p>Some words of an article.</p>"
PAGE = "A title\n\nMay 1, 2020\n\nThe text is here."


@pytest.mark.parametrize(
    ("data", "sentence"),
    (
        (b"", "It is empty"),
        (b" \n\n", "It is empty"),
        (b"\xef\xbb\xbf", "It is empty"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        (b"bplist00x", "Safari"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"SQLite format 3\0", "database"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\0\0\0\x18ftypheic", "a picture or a film"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a picture or a film"),
        (b"\x00\x01\x02\x03" * 9, "neither text"),
        (b"PK\x03\x04broken", "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "XML of another kind (<svg>)"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "XML of another kind"),
        (b'{"a": 1}', "JSON"),
        (b'{"db": [', "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"old,new,code\n/a,/b,301\n", "a table"),
        (b"A Title\n\nText without a date.", "No line is a date"),
        (b"A Title\n\nIt was May 1, 2020 then.\n\nText.", "No line is a date"),
        (b"A Title\n\nFebruary 30, 2020\n\nText.", "No line is a date"),
        (b"A Title\n\nText.\n\nRecent Posts\n\nB\n\nMay 1, 2020", "No line is a date"),
        (b"May 1, 2020\n\nText.", "above the date"),
        (b"A Title\n\nMay 1, 2020\n\nPlease reload", "below the date"),
        (b"<html><title>A title</title><body></body></html>", "no text"),
        (b"---\ntitle: A\n---\n", "no text"),
        (b"Title,ID,Rich Content\n", "no articles"),
        (b'{"data": {"posts": []}}', "no articles"),
        (
            b"From: <Saved by Blink>\nContent-Type: multipart/related; boundary=x\n\n"
            b"--x--",
            "no page",
        ),
        # Document types and entities
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>", "document type"),
        (
            b"<?xml version='1.0'?><!DOCTYPE feed SYSTEM 'http://x/'><feed/>",
            "document type",
        ),
        (b"<!DOCTYPE html [<!ENTITY a 'b'>]><html><p>&a;</p>", "entities"),
        (
            "Gruß\n\nMay 1, 2020\n\nÆ".encode("cp1252"),
            "in doubt",
        ),
        ("Texto cortado: \u201c".encode()[:-1], "in doubt"),
    ),
)
def test_a_bad_file_is_refused_with_a_sentence(refused, data, sentence):
    assert sentence in refused(data)


def test_the_place_is_named(tmp_path):
    with pytest.raises(CannotRead, match="nothing.txt: There is no such file"):
        read(tmp_path / "nothing.txt")


@pytest.mark.parametrize("name", ("x" * 300, "a\0b"))
def test_a_name_that_is_none_is_refused(name):
    (outcome,) = read_files([name])
    assert outcome.what.sentence.startswith("It cannot be read")


def test_what_is_no_file_is_refused(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe")
    (outcome,) = read_files([tmp_path / "pipe"])
    assert outcome.what.sentence == "It is no ordinary file."


def outcomes(data):
    return {o.place: o.what for o in read_upload(Upload("a.zip", data))}


def test_one_bad_file_in_an_archive_leaves_the_others(zipped):
    found = outcomes(zipped({"a.txt": PAGE, "b.pdf.txt": b"%PDF-1.7", "c.txt": PAGE}))
    assert isinstance(found["a.zip/b.pdf.txt"], Refusal)
    assert [
        place for place, what in found.items() if not isinstance(what, Refusal)
    ] == [
        "a.zip/a.txt",
        "a.zip/c.txt",
    ]


def test_an_archive_in_an_archive_is_refused(zipped):
    found = outcomes(zipped({"in.zip": zipped({"a.txt": PAGE}), "b.txt": PAGE}))
    assert "within another" in found["a.zip/in.zip"].sentence
    assert found["a.zip/b.txt"].title == "A title"


def test_names_are_labels_and_the_systems_own_files_are_passed_over(zipped):
    found = outcomes(
        zipped(
            {
                "../../evil.txt": PAGE,
                "/etc/x.txt": PAGE,
                "__MACOSX/._a.txt": b"\0",
                ".DS_Store": b"\0",
                "Thumbs.db": b"\0",
            }
        )
    )
    assert sorted(found) == ["a.zip/../../evil.txt", "a.zip//etc/x.txt"]


@pytest.mark.parametrize(
    ("name", "what"),
    (
        ("Index/Document.iwa", "Apple’s Pages"),
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("META-INF/container.xml", "an e-book"),
    ),
)
def test_an_archive_that_is_one_document_is_refused_by_its_name(zipped, name, what):
    (refusal,) = outcomes(zipped({name: "x", "other.xml": "<a/>"})).values()
    assert what in refusal.sentence


def test_nothing_in_an_archive_is_passed_over_in_silence(zipped):
    beside = {"a.css": "p{}", "b.png": b"x", "c.mp3": b"x"}
    found = outcomes(zipped({"a.txt": PAGE, "b.pdf": b"%PDF-1.4", **beside}))
    assert "beside the articles: 3." in found["a.zip"].sentence
    assert "It is a PDF" in found["a.zip/b.pdf"].sentence


def test_a_bomb_is_not_unpacked(zipped):
    found = outcomes(zipped({"a.html": b"\0" * 20_000_000, "b.txt": PAGE}))
    assert "densely" in found["a.zip/a.html"].sentence
    assert found["a.zip/b.txt"].title == "A title"


def test_too_many_files_are_refused(zipped, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILES", 3)
    assert (
        "more than 3 files"
        in outcomes(zipped({f"{n}.txt": "x" for n in range(4)}))["a.zip"].sentence
    )


def test_of_our_own_export_only_what_is_read_counts(zipped, monkeypatch):
    """It also holds each page of the site, and captures: thousands of files."""
    monkeypatch.setattr(files, "MAX_FILES", 3)
    export = {f"everything/site/{n}.html": PAGE for n in range(9)}
    export |= {"everything/lawblog.json": "{}", "everything/articles/en/a.md": PAGE}
    found = outcomes(zipped(export))
    assert found["a.zip/everything/articles/en/a.md"].title == "A title"
    assert not any("site" in place for place in found)


def test_an_archive_that_unpacks_to_too_much_is_refused(zipped, monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED_BYTES", 1000)
    assert "too large" in outcomes(zipped({"a.txt": "x" * 2000}))["a.zip"].sentence


def test_a_size_that_lies_is_counted(zipped, monkeypatch):
    monkeypatch.setattr(files, "MAX_MEMBER_BYTES", 100)
    data = bytearray(zipped({"a.txt": "x" * 5000}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(signature) + offset
        data[at : at + 4] = (50).to_bytes(4, "little")
    sentence = outcomes(bytes(data))["a.zip/a.txt"].sentence
    assert "damaged" in sentence or "larger" in sentence


def test_a_password_is_named(zipped):
    data = bytearray(zipped({"a.txt": PAGE}))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + offset] |= 1
    assert "password" in outcomes(bytes(data))["a.zip/a.txt"].sentence


def docx(document, **others):
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006'
        '/relationships"/>',
        "word/document.xml": document,
        **others,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    (
        (docx("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "document type"),
        (
            docx(f"<!--{'x' * 3000}--><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
            "document type",
        ),
        (docx("<!DOCTYPE a><a/>".encode("utf-16")), "document type"),
        (docx("<a/>", **{"word/x.bin": "<!DOCTYPE a><a/>"}), "document type"),
        (docx("<a>" + " " * 21_000_000 + "</a>"), "too large"),
        (docx("<a/>", **{"word/x.bin": f"<a>{' ' * 21_000_000}</a>"}), "too large"),
        (docx("no xml"), "damaged"),
        (docx("<a/>")[:-40], "damaged"),
    ),
)
def test_a_bad_document_of_word_is_refused(refused, data, sentence):
    assert sentence in refused(data)


def test_a_folder_is_read_without_following_links(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out.txt").write_text(PAGE)
    (tmp_path / "in/a.txt").write_text(PAGE)
    (tmp_path / "in/b.txt").symlink_to(tmp_path / "out.txt")
    assert [o.place for o in read_files([tmp_path / "in"])] == [f"{tmp_path}/in/a.txt"]


def test_a_page_that_is_too_long_is_refused(refused):
    assert "larger than 5 MB" in refused(b"<html>" + b"x" * (5 * 1024 * 1024))


def test_one_id_for_two_articles_loses_neither():
    item = "<item><title>{0}</title><guid>https://x/1</guid><description>{0} text."
    feed = f"<rss><channel>{item.format('A')}</description></item>{item.format('B')}"
    feed += "</description></item></channel></rss>"
    keys = [o.what.key for o in read_upload(Upload("f", feed.encode()))]
    assert keys[0] == "guid:https://x/1"
    assert keys[1].startswith("guid:https://x/1#")


def kinds(*items):
    """What each article of a feed became."""
    items = [{"content_html": WORDS, **item} for item in items]
    data = json.dumps({**FEED, "items": items}).encode()
    return [type(one.what).__name__ for one in read_upload(Upload("a.json", data))]


def test_an_address_that_is_none_costs_no_article():
    one, two = {"title": "One"}, {"title": "Two"}
    picture = f'{WORDS}<p><img src="http://[a"></p>'
    for odd in ({"url": "https://[x/a"}, {"content_html": picture}):
        assert kinds({**one, **odd}, two) == ["Article", "Article"], odd


def test_an_article_that_breaks_what_reads_it_costs_none_of_the_others(monkeypatch):
    real = finishing.build

    def build(found):
        if found.title == "Bad":
            raise RuntimeError("no sentence for people")
        return real(found)

    monkeypatch.setattr(finishing, "build", build)
    assert kinds({"title": "Bad"}, {"title": "Good"}) == ["Refusal", "Article"]
