"""Firefox's Reader View keeps an article whole, and nothing that is not the article."""

from datetime import date

import pytest
from django.test import Client
from helpers.pages import card
from helpers.showing import from_npm

from posts.models import Series, Term

READ = """() => {
    const found = new Readability(document.cloneNode(true)).parse();
    const box = document.createElement("div");
    box.innerHTML = found.content;
    const words = part => part.textContent.trim().replace(/\\s+/g, " ");
    return {
        title: found.title,
        headings: [...box.querySelectorAll("h1, h2, h3, h4")].map(words),
        text: words(box),
    };
}"""
SENTENCE = "The judge asks for the bond, the fees and the date of the hearing. "
LONG = f"""<h2>Fees</h2><p>{SENTENCE * 20}</p><h3>The bond</h3>
    <p>{SENTENCE * 20}[[A note of it.]]</p><h2>A day in court</h2>
    <p>{SENTENCE * 20} On parole.</p>
    <table><tbody><tr><td>First cell</td><td>Second</td></tr></tbody></table>"""
# What stands around the text on the page.
AROUND = [
    "Leave this site",
    "448-9837",
    "Recent articles",
    "Related articles",
    "Share this page",
    "Attorney Advertising",
    "Broadway",
    "#",
]
# {type: (fields of the article, its headings, words of its text)}
TYPES = {
    "long": ({"body": LONG}, ["Fees", "The bond", "A day in court"], "A note of it."),
    "short": ({"body": "<p>Call before Friday.</p>"}, [], "Call before Friday."),
    "headed and short": (
        {"body": "<h2>Fees</h2><p>None.</p><h2>The bond</h2><p>None either.</p>"},
        ["Fees", "The bond"],
        "None either.",
    ),
    "list": (
        {"body": "<p>Bring:</p><ul><li>a passport</li><li>the notice</li></ul>"},
        [],
        "the notice",
    ),
    "overdue": (
        {"body": f"<p>{SENTENCE * 5}</p>", "law_as_of": date(2018, 8, 27)},
        [],
        SENTENCE.strip(),
    ),
    "translated": (
        {"body": "<h2>El plazo</h2><p>Llame antes del viernes.</p>", "language": "es"},
        ["El plazo"],
        "Llame antes del viernes.",
    ),
    "guide": (
        {
            "kind": "guide",
            "body": f"<p>Before.</p><h2>Fees</h2><p>{SENTENCE}</p><h2>The bond</h2>"
            "<p>None either.</p>",
        },
        ["Fees", "The bond"],
        "None either.",
    ),
    "blocks": (
        {
            "body": f"<p>{SENTENCE}</p><details><summary>Who pays?</summary>"
            '<p>You do.</p></details><div class="callout"><p>Bring it.</p></div>'
            '<p><a class="button" href="/offices/">Come by</a></p>',
        },
        [],
        "Who pays?You do.Bring it.Come by",
    ),
}


@pytest.fixture
def reader(opened, finished_firm):
    """reader(address) → what Reader View shows of it."""
    library = from_npm("@mozilla/readability/Readability.js").read_text()
    opened.client, tab = Client(), opened.tab

    def read(address):
        tab.goto(address)
        return tab.evaluate(f"() => {{{library}; return ({READ})();}}")

    return read


@pytest.fixture
def others(publish):
    """Articles that stand beside and below each other one."""
    for number in range(4):
        topics = ["Asylum", "Know your rights"]
        publish(f"Other {number}", topics=topics, published_on=date(2026, 1, 1))


@pytest.mark.parametrize("kind", TYPES)
def test_reader_view_shows_the_article_and_nothing_else(reader, others, publish, kind):
    fields, headings, words = TYPES[kind]
    Term.objects.create(term="parole", explanation="A stay.", is_public=True)
    series = Series.objects.create(name="A series", slug="a-series")
    topics = ["Asylum", "Know your rights"]
    edition = publish("The title", topics=topics, series=series, part=1, **fields)
    found = reader(edition.get_absolute_url())
    assert found["title"] == "The title" and words in found["text"]
    shown = [text for text in found["headings"] if text in headings]
    assert shown == headings
    assert [part for part in AROUND if part in found["text"]] == []
    # Two topics are two words, where they are read at all.
    assert "AsylumKnow" not in found["text"]


def test_reader_view_shows_all_lines_of_a_card_in_both_languages(reader, publish):
    card(publish)
    found = reader("/posts/a-card/")
    # The first side's heading is the page's title, which is shown above it.
    assert (found["title"], found["headings"]) == ("A card", ["Una tarjeta"])
    assert found["text"].count("Line 6.") == 2 and "(201) 448-9837" in found["text"]


def test_a_copied_article_holds_no_sign_of_its_links(show, publish):
    publish(body=LONG)
    tab = show(Client())
    tab.goto("/posts/a-title/")
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('.prose'))")
    copied = tab.evaluate("getSelection().toString()")
    assert "Fees" in copied and "#" not in copied
