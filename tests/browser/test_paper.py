"""What readers print: an article on two sheets, an office on one."""

import re

import pytest
from django.test import Client

SECTION = "<h2>A heading</h2><p>{}</p>".format("The court reads the law aloud. " * 15)


def sheets(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_an_article_of_five_hundred_words_takes_two_sheets(
    show, finished_firm, publish
):
    publish(body=SECTION * 5, topics=["Asylum"])
    tab = show(Client())
    tab.goto("/posts/a-title/")
    assert sheets(tab.pdf(format="Letter")) == 2


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("office", ["fort-lee", "new-york"])
def test_an_office_takes_one_sheet(show, whole_site, prefix, office):
    tab = show(Client())
    tab.goto(f"{prefix}/offices/{office}/")
    assert sheets(tab.pdf(format="Letter")) == 1
