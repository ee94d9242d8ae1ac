"""No line of a page ends within a number such as “I-862”."""

import re
import time

import pytest

from lawblog.html.unbroken import MAX_LENGTH, unbroken

HELD = re.compile(r'<span class="whole">([^<]*)</span>')


@pytest.mark.parametrize(
    "text, held",
    [
        ("Form I-862, EOIR-33 and N-400.", ["I-862", "EOIR-33", "N-400"]),
        ("El formulario (I-130A) y dos I-94s", ["I-130A", "I-94s"]),
        ("An H-1B or a B-1/B-2 visa", ["H-1B", "B-1", "B-2"]),
        ("Call (201) 448-9837 now", ["448-9837"]),
        # Words may be broken, and what is longer than a line must be.
        ("A well-known A-number, covid-19, U-turn, -5, I-, X-1-", []),
        ("1-800-898-7180 2018-08-27 ABCDEFG-1 pre-I-9x Ñ-12 Q-1ñ", []),
    ],
)
def test_a_number_with_hyphens_is_held_together(text, held):
    assert HELD.findall(unbroken(text)) == held
    assert HELD.sub(r"\1", unbroken(text)) == text
    assert all(len(number) <= MAX_LENGTH + len("s") for number in held)


def test_tags_and_what_stands_in_them_stay_as_they_are():
    link = '<a href="/I-130/" title="a > b I-130 < c">'
    picture = '<img src="/media/A-1.jpg" alt="Form I-94, page 2">'
    html = f"<p>{link}Form I-130</a>{picture}<b>I</b>-9</p>"
    held = '<span class="whole">I-130</span>'
    assert unbroken(html) == html.replace("Form I-130<", f"Form {held}<")


def test_it_takes_time_in_proportion_to_the_text():
    def seconds(times):
        made = ["A" * 10, "1-" * 10, "A-1" * 10, "<b>", 'I-9 <a href="I-9">']
        html = "".join(part * times for part in made)
        began = time.process_time()
        unbroken(html)
        return time.process_time() - began

    seconds(100)
    assert min(seconds(5_000) for _ in range(3)) < 60 * seconds(500) + 0.05
