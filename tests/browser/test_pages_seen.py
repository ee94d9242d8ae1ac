"""What holds on every page that readers see. Each is opened once, and looked at with
axe, in light and dark, with the keyboard alone, on small and large screens."""

from datetime import date

import pytest
from django.test import Client
from helpers import axe, keyboard
from helpers.pages import ERRORS, PUBLIC, card
from helpers.pressing import WIDTH, small, too_wide
from helpers.showing import errors, from_npm
from helpers.watching import contrast, luminance

from offices.models import Office

# WCAG 2.2 asks for letters of twice the size (1.4.4) and for 320 px (1.4.10).
SCREENS = [(390, 1), (320, 1), (320, 2), (1600, 1)]
NUMBERS = """() => [...document.querySelectorAll("a[href^='tel:']")]
    .map(link => link.getAttribute("href"))"""


@pytest.fixture
def pages(looking, request, seen):
    """The same, of every page; the first test to ask for it has them opened."""
    if not seen:
        site, publish = map(request.getfixturevalue, ("whole_site", "publish"))
        # Beside, before and below every other article.
        words = {"topics": ["Asylum"], "published_on": date(2026, 1, 7)}
        publish("W" * 200, slug="w", **words)
        tab, known = looking(Client()), set()
        public = [address.format(**site) for address in PUBLIC]
        looked = {address: look(tab, address, known) for address in public}
        looked |= {address: look(tab, address, known) for address in errors(tab)}
        seen |= {
            what: {address: found[what] for address, found in looked.items()}
            for what in looked["/"]
        }
    return seen


def look(tab, address, known):
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.told.clear()
    tab.goto(address)
    found = {"numbers": tab.evaluate(NUMBERS), "told": tab.told[:]}
    found |= axe.looks(tab, known)
    stops, wrong = keyboard.walk(tab)
    found |= {"first": stops[0], "keyboard": wrong}
    found["wide"] = too_wide(tab, [(1280, 2)])
    tab.set_viewport_size({"width": 390, "height": 800})
    found["keyboard on a phone"] = keyboard.faults(tab.evaluate(keyboard.EACH))
    found["small"] = small(tab, [".skip"])
    found["wide"] += too_wide(tab, SCREENS)
    return found


def amiss(pages, what):
    """{address: what is wrong there}, of addresses at which something is."""
    assert len(pages[what]) > 30
    return {address: found for address, found in pages[what].items() if found}


def test_axe_finds_nothing_on_a_public_page(pages):
    from_npm("axe-core/axe.min.js")
    assert amiss(pages, "axe") == {}


def test_no_page_is_wider_than_the_screen(pages):
    assert amiss(pages, "wide") == {}


def test_what_readers_press_is_no_dot(pages):
    assert amiss(pages, "small") == {}


def test_the_keyboard_reaches_all_in_order_and_each_stop_is_seen(pages):
    assert amiss(pages, "keyboard") == {}
    assert amiss(pages, "keyboard on a phone") == {}


def test_the_first_tab_stop_skips_to_the_text(pages):
    """That it leads there, the test above says."""
    first = {address: stop["words"] for address, stop in pages["first"].items()}
    for name in ERRORS:
        del first[f"/{name}"]
    words = {True: "Ir al texto", False: "Skip to the text"}
    assert first == {address: words[address.startswith("/es/")] for address in first}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_enough_contrast(pages, scheme):
    for address, texts in pages[scheme].items():
        for words, ink, paper, _ in texts:
            assert contrast(ink, paper) >= 4.5, (address, words, ink, paper)
        assert (luminance(texts[0][2]) < 0.5) == (scheme == "dark"), address


def test_every_number_can_be_tapped_to_call(pages):
    """That it is large enough, the test of what is pressed says."""
    numbers = pages["numbers"]
    for name in ERRORS:
        del numbers[f"/{name}"]
    wrong = {address for address, found in numbers.items() if not found}
    assert wrong == set()
    assert {number for found in numbers.values() for number in found} == {
        "tel:+12014489837"
    }


def test_no_page_has_anything_to_complain_of(pages):
    """An error of a script, or a breach of the Content-Security-Policy."""
    assert amiss(pages, "told") == {}


def test_the_first_screen_of_a_phone_has_what_is_urgent_and_an_article(
    show, whole_site, publish
):
    for number in (2, 3):
        card(publish, f"Somebody was taken away {number}", f"Se llevaron {number}")
    tab = show(Client(), viewport={"width": 390, "height": 844})
    tab.goto("/")
    for part in ("main [href^='tel:']", ".now-box li:nth-child(3)", ".story h3"):
        box = tab.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 844, part
    # With large letters on a small one, the firm's name is read in words, not letters.
    tab.set_viewport_size({"width": 320, "height": 844})
    tab.evaluate(WIDTH, 2)
    lines = "b => b.offsetHeight / parseFloat(getComputedStyle(b).lineHeight)"
    assert tab.locator(".bar .brand").evaluate(lines) < 4


BROKEN = """() => [...document.querySelectorAll(".hours span")]
    .filter(s => s.offsetHeight > 1.9 * parseFloat(getComputedStyle(s).lineHeight))
    .map(s => s.innerText)"""


def test_no_range_of_days_or_hours_is_broken_across_lines(show, set_up):
    office = Office.objects.get(slug="fort-lee")
    for day in range(5):
        office.hours.create(weekday=day, opens="10:30", closes="12:30")
        office.hours.create(weekday=day, opens="13:30", closes="17:30")
    tab = show(Client())
    for address in ("/offices/", "/es/offices/", "/es/offices/fort-lee/"):
        tab.goto(address)
        assert tab.locator(".hours span").count() == 5
        for width in (1280, 390, 360, 320):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate(BROKEN) == [], f"{address} {width}"
            # With letters of twice the size one range alone may be wider than that.
            assert tab.evaluate(WIDTH, 2) <= width, f"{address} {width}"
            tab.evaluate(WIDTH, 1)


# The numbers of which the letters are not all in one line, wherever they stand but in a
# title on a small phone.
APART = """() => {
    const found = [], walk = document.createTreeWalker(document.body, 4);
    for (let node; (node = walk.nextNode()); ) {
        if (innerWidth <= 352 && node.parentNode.closest("h1")) continue;
        for (const number of node.data.matchAll(/[A-Z]+-[0-9]+|[0-9]+-[0-9]+/g)) {
            const range = new Range(), end = number.index + number[0].length;
            range.setStart(node, number.index);
            range.setEnd(node, end);
            const lines = new Set([...range.getClientRects()].map(box => box.bottom));
            if (lines.size > 1) found.push(number[0]);
        }
    }
    return found;
}"""


def test_no_number_of_a_form_is_broken_across_lines(show, set_up, publish):
    numbers = "I-862 and EOIR-42B, or then I-864EZ and 448-9837 " * 2
    lines = "".join(f"<li>{numbers}{n}.</li>" for n in range(4))
    body = f"<h2>{numbers}</h2><p>{numbers}[[{numbers}]]</p>"
    publish(numbers, slug="a", summary=numbers, body=body)
    publish("A card, I-862", slug="b", kind="card", body=f"<ol>{lines}</ol>")
    tab = show(Client())
    for address in ("/", "/posts/", "/posts/a/", "/posts/b/", "/search/?q=862"):
        tab.goto(address)
        for width in range(280, 400, 8):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate(APART) == [], f"{address} {width}"
        assert too_wide(tab, SCREENS) == [], address
