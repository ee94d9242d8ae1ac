"""The editor's blocks, made with its buttons and left with the keyboard."""

from lawblog.html.cleaning import clean

DATA = "CKEDITOR.instances.id_body.getData().replace(/\\s*\\n\\s*/g, '')"
IMAGE = f'<img alt="A door" src="/media/pictures/{"a" * 32}-10x10.png" />'


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


def test_a_callout_is_framed_and_left_with_an_empty_line(editor):
    editor.sheet.click()
    editor.keyboard.type("Bring it.")
    editor.click(".cke_button__callout")
    editor.keyboard.press("End")
    for _ in range(2):
        editor.keyboard.press("Enter")
    editor.keyboard.type("Outside.")
    framed = '<div class="callout"><p>Bring it.</p></div>'
    assert written(editor) == f"{framed}<p>Outside.</p>"


def test_a_question_opens_and_takes_spaces_and_is_undone(editor):
    editor.sheet.click()
    editor.keyboard.type("Who")
    editor.click(".cke_button__fold")
    editor.keyboard.type("Who pays now?")
    told = "<details><summary>Who pays now?</summary><p>Answer</p></details>"
    assert written(editor) == told
    editor.click(".cke_button__fold")
    assert written(editor) == "<p>Who pays now?</p><p>Answer</p>"


def test_what_was_saved_comes_back_as_it_was(editor):
    text = (
        "<details><summary>Who?</summary><p>You.</p></details>"
        '<div class="callout"><p>One.</p></div>'
        '<p><a class="button" href="/offices/">Come</a></p>'
    )
    fill(editor, text)
    assert written(editor) == text


def test_a_picture_gets_a_caption(editor):
    fill(editor, f"<p>{IMAGE}</p>")
    choose(editor, "img")
    editor.click(".cke_button__caption")
    editor.keyboard.type("A red door")
    framed = f"<figure>{IMAGE}<figcaption>A red door</figcaption></figure>"
    assert editor.evaluate(DATA) == framed
    # There is no such picture.
    editor.faults.clear()


def test_a_link_becomes_a_button_and_a_link_again(editor):
    fill(editor, '<p><a href="/offices/">Come</a></p>')
    choose(editor, "a")
    editor.click(".cke_button__linkbutton")
    assert written(editor) == '<p><a class="button" href="/offices/">Come</a></p>'
    editor.click(".cke_button__linkbutton")
    assert written(editor) == '<p><a href="/offices/">Come</a></p>'


def test_without_a_link_or_a_picture_the_editor_says_what_to_do(editor):
    editor.sheet.click()
    editor.click(".cke_button__linkbutton")
    assert "a link first" in editor.locator(".cke_notification").first.inner_text()
