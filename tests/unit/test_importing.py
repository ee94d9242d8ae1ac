"""What read() makes of saved pages. No database."""

from datetime import date
from pathlib import Path

import pytest

from posts.importing import MAX_BYTES, CannotRead, read

PAGE = Path(__file__).parents[1] / "data" / "wix_page.txt"
SEED = Path(__file__).parents[2] / "../shared/seed/sanctuary-city.txt"
needs_seed = pytest.mark.skipif(
    not SEED.exists(), reason="the firm's article is kept outside this repository"
)


@pytest.fixture
def page(tmp_path):
    """Writes a page, given as text or bytes; returns its path."""

    def write(content):
        path = tmp_path / "page.txt"
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        return path

    return write


def body_of(page, text):
    (article,) = read(page(f"A Title\n\nMay 1, 2020\n\n{text}"))
    return article.body


def test_a_saved_page_gives_its_article_and_nothing_else():
    (article,) = read(PAGE)
    assert article.title == "When the Library Lends Umbrellas"
    assert article.published_on == date(2019, 3, 5)
    assert article.language == "en"
    assert article.key == "wix:2019-03-05:when-the-library-lends-umbrellas"
    assert article.body.split("\n") == [
        "<p>Our town library lends umbrellas now. What gives?</p>",
        "<p>It began with one wet reader &amp; one kind clerk. The rule is simple: "
        "return it &lt;dry&gt;.</p>",
        "<p>BUT nobody returns it dry.</p>",
        '<p>How does it work? Show your card. The clerk says "take the blue one". '
        "(there are two racks for that).</p>",
        "<h2>Rain is not the only reason</h2>",
        "<p>Sun is one, too. It isn't often said.</p>",
        "<p>If you have a question, ask at the desk, or write</p>",
    ]


def test_what_is_left_out_is_named_and_counted():
    assert read(PAGE)[0].left_out == (
        "“Please reload” (4 times)",
        "Our Locations block: 4 lines",
        "Recent Posts list: 2 lines",
    )


def test_what_stands_above_the_title_is_left_out_and_counted(page):
    (article,) = read(page("Home\n\nBlog\n\nA Title\n\nMay 1, 2020\n\nText."))
    assert article.title == "A Title"
    assert article.left_out == ("2 lines above the title",)


def test_an_unfinished_end_stays_and_is_remarked_on():
    unfinished, heading, links = read(PAGE)[0].remarks
    assert unfinished.endswith("It ends: “at the desk, or write”.")
    assert heading.startswith("“Rain is not the only reason” became a sub-heading")
    assert "links" in links


@pytest.mark.parametrize("end", ("Done.", "Done?", 'He said "done."', "(Done!)"))
def test_a_finished_end_is_not_remarked_on(page, end):
    (article,) = read(page(f"A Title\n\nMay 1, 2020\n\n{end}"))
    assert not any("unfinished" in remark for remark in article.remarks)


def test_a_short_line_before_a_paragraph_is_a_heading(page):
    body = body_of(page, "First.\n\nThe next step\n\nSecond.")
    assert body == "<p>First.</p>\n<h2>The next step</h2>\n<p>Second.</p>"


@pytest.mark.parametrize(
    "text",
    (
        "A sentence.\n\nText.",
        "A question?\n\nText.",
        "Bring these:\n\nText.",
        "no capital\n\nText.",
        f"{'Long ' * 20}\n\nText.",
        "Two lines\nof one block\n\nText.",
        "Passport\n\nVisa\n\nBirth certificate\n\nText.",
        "Text.\n\nThe last line",
    ),
)
def test_anything_else_is_a_paragraph(page, text):
    assert "<h2>" not in body_of(page, text)


@pytest.mark.parametrize("day", ("May 1, 2020", "\xa0May 01, 2020\u200b"))
@pytest.mark.parametrize("newline", ("\n", "\r\n", "\r"))
def test_spaces_and_line_ends_do_not_matter(page, day, newline):
    text = f"\ufeffA  Title\n\n{day}\n\nOne\xa0 two.\n \n\xa0\nThree."
    (article,) = read(page(text.replace("\n", newline)))
    assert (article.title, article.published_on) == ("A Title", date(2020, 5, 1))
    assert article.body == "<p>One two.</p>\n<p>Three.</p>"


def test_a_short_month_is_a_date(page):
    assert read(page("T\n\nAug. 7, 2018\n\nX."))[0].published_on == date(2018, 8, 7)


def test_a_page_of_an_old_windows_program_is_read(page):
    content = "A Title\n\nMay 1, 2020\n\nThe “señor” said – yes…".encode("cp1252")
    assert read(page(content))[0].body == "<p>The “señor” said – yes…</p>"


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"PK\x03\x04\x00\x00", "is not plain text"),
        ("A Title\n\nMay 1, 2020\n\nText.".encode("utf-16"), "is not plain text"),
        ("Gruß\n\nMay 1, 2020\n\nÆ".encode("cp1252"), "is not UTF-8"),
        ("Texto cortado: “".encode()[:-1], "is not UTF-8"),
        (b"x" * (MAX_BYTES + 1), "is larger than 5 MB"),
        (b"<!doctype html><title>A Title</title>", "is HTML"),
        (b"A Title\n\nText without a date.", "No line is a date"),
        (b"A Title\n\nIt was May 1, 2020 then.\n\nText.", "No line is a date"),
        (b"A Title\n\nFebruary 30, 2020\n\nText.", "No line is a date"),
        (b"A Title\n\nText.\n\nRecent Posts\n\nB\n\nMay 1, 2020", "No line is a date"),
        (b"May 1, 2020\n\nText.", "Nothing stands above the date"),
        (b"A Title\n\nMay 1, 2020\n\nPlease reload", "Nothing stands below the date"),
    ),
)
def test_bad_content_is_refused_with_the_file_name_and_a_sentence(
    page, content, sentence
):
    path = page(content)
    with pytest.raises(CannotRead) as error:
        read(path)
    assert str(path) in str(error.value)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("name", "sentence"),
    (
        ("missing.txt", "There is no file"),
        (".", "is a folder"),
        ("x" * 300, "cannot be read"),
    ),
)
def test_bad_paths_are_refused_with_a_sentence(tmp_path, name, sentence):
    with pytest.raises(CannotRead, match=sentence):
        read(tmp_path / name)


@needs_seed
def test_the_firms_article_is_read_whole():
    (article,) = read(SEED)
    assert article.title == "Is a Sanctuary City Immune from ICE"
    assert article.published_on == date(2018, 8, 27)
    assert article.body.count("<p>") == 12
    assert article.body.count("<h2>") == 1
    assert "<h2>ICE still operates</h2>" in article.body
    assert "<p>BUT " in article.body
    assert "<p>What does this mean? " in article.body
    assert article.body.endswith(" or visit</p>")
    assert article.left_out == (
        "“Please reload” (4 times)",
        "Our Locations block: 10 lines",
        "Recent Posts list: no lines",
    )


@needs_seed
def test_no_word_of_the_firms_article_is_lost_or_changed():
    (article,) = read(SEED)
    words = SEED.read_text(encoding="utf-8").split("Please reload")[0].split()
    body = article.body.replace("<p>", "").replace("<h2>", "")
    body = body.replace("</p>", "").replace("</h2>", "")
    assert f"{article.title} August 27, 2018 {body}".split() == words
