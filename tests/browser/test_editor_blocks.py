"""The editor's blocks, made with its buttons and left with the keyboard."""

import pytest
from django.test import Client
from django.urls import reverse

from lawblog.html.richtext import clean

DATA = "CKEDITOR.instances.id_body.getData().replace(/\\s*\\n\\s*/g, '')"
READY = "() => window.CKEDITOR?.instances.id_body?.status === 'ready'"
IMAGE = f'<img alt="A door" src="/media/pictures/{"a" * 32}-10x10.png" />'


@pytest.fixture
def tab(show, staff):
    client = Client()
    client.force_login(staff)
    tab = show(client)
    tab.goto(reverse("admin:posts_post_add"))
    # A function: the words of one would be evaluated anew with each look, which the
    # page's policy forbids.
    tab.wait_for_function(READY)
    return tab


def written(tab):
    html = tab.evaluate(DATA)
    # What the editor makes is what is kept.
    assert clean(html).replace(' rel="noopener noreferrer"', "") == html.replace(
        " />", ">"
    )
    return html


def fill(tab, html):
    script = (
        "html => new Promise(done => CKEDITOR.instances.id_body.setData(html, done))"
    )
    tab.evaluate(script, html)


def choose(tab, selector):
    tab.evaluate(
        """selector => {
            const editor = CKEDITOR.instances.id_body;
            editor.focus();
            editor.getSelection().selectElement(editor.document.findOne(selector));
        }""",
        selector,
    )


def test_a_callout_is_framed_and_left_with_an_empty_line(tab):
    tab.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    tab.keyboard.type("Bring it.")
    tab.click(".cke_button__callout")
    tab.keyboard.press("End")
    for _ in range(2):
        tab.keyboard.press("Enter")
    tab.keyboard.type("Outside.")
    framed = '<div class="callout"><p>Bring it.</p></div>'
    assert written(tab) == f"{framed}<p>Outside.</p>"


def test_a_question_opens_and_takes_spaces_and_is_undone(tab):
    tab.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    tab.keyboard.type("Who")
    tab.click(".cke_button__fold")
    tab.keyboard.type("Who pays now?")
    told = "<details><summary>Who pays now?</summary><p>Answer</p></details>"
    assert written(tab) == told
    tab.click(".cke_button__fold")
    assert written(tab) == "<p>Who pays now?</p><p>Answer</p>"


def test_what_was_saved_comes_back_as_it_was(tab):
    text = (
        "<details><summary>Who?</summary><p>You.</p></details>"
        '<div class="callout"><p>One.</p></div>'
        '<p><a class="button" href="/offices/">Come</a></p>'
    )
    fill(tab, text)
    assert written(tab) == text


def test_a_picture_gets_a_caption(tab):
    fill(tab, f"<p>{IMAGE}</p>")
    choose(tab, "img")
    tab.click(".cke_button__caption")
    tab.keyboard.type("A red door")
    framed = f"<figure>{IMAGE}<figcaption>A red door</figcaption></figure>"
    assert tab.evaluate(DATA) == framed


def test_a_link_becomes_a_button_and_a_link_again(tab):
    fill(tab, '<p><a href="/offices/">Come</a></p>')
    choose(tab, "a")
    tab.click(".cke_button__linkbutton")
    assert written(tab) == '<p><a class="button" href="/offices/">Come</a></p>'
    tab.click(".cke_button__linkbutton")
    assert written(tab) == '<p><a href="/offices/">Come</a></p>'


def test_without_a_link_or_a_picture_the_editor_says_what_to_do(tab):
    tab.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    tab.click(".cke_button__linkbutton")
    assert "a link first" in tab.locator(".cke_notification").first.inner_text()
