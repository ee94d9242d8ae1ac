"""The editor in a real browser: pasting, captions, links and tables."""

import re

from helpers.inputs import INPUTS, need_inputs
from helpers.pages import wall
from helpers.watching import begin
from playwright.sync_api import expect

from lawblog.html.cleaning import clean
from lawblog.models import Picture
from posts.models import DraftFinding, Post

EVERYTHING = (
    '<h2>A</h2><p lang="es" dir="ltr">b <sub>c</sub> <sup>d</sup></p>'
    '<ol type="a" start="3"><li value="5">e</li></ol>'
    "<figure><figcaption>f</figcaption></figure>"
    '<table><caption>T</caption><thead><tr><th scope="col" colspan="2">h</th></tr>'
    '</thead><tbody><tr><td rowspan="2">1</td><td>2</td></tr></tbody></table><hr>'
    '<blockquote lang="ar" dir="rtl"><p>q</p></blockquote>'
)
PASTE = """(body, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", html.replace(/<[^>]*>/g, ""));
    const options = {clipboardData, bubbles: true, cancelable: true};
    body.dispatchEvent(new ClipboardEvent("paste", options));
}"""
GET = "CKEDITOR.instances.id_body.getData()"
SET = "html => new Promise(d => CKEDITOR.instances.id_body.setData(html, d))"
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p>You need '
    "<del>never need a</del><ins>your own</ins> lawyer.</p><p><img "
    'src="https://x.example/a.png" alt="A map"></p></body></html>'
)


def text(page):
    return clean(page.evaluate(GET))


def test_what_was_saved_survives_the_editor(editor):
    editor.evaluate(SET, EVERYTHING)
    assert in_order(text(editor)) == in_order(clean(EVERYTHING))


def in_order(html):
    """Without line breaks between tags, and the attributes of each by name."""
    tag = re.compile(r'<(\w+)((?: [\w-]+="[^"]*")+)>')
    html = re.sub(r"\s*\n\s*", "", html)
    return tag.sub(lambda m: f"<{m[1]} {' '.join(sorted(m[2].split()))}>", html)


def test_who_listens_hears_the_name_of_the_field(editor):
    expect(editor.sheet).to_have_attribute("aria-label", "Text")
    expect(editor.get_by_role("application", name="Text: editor")).to_have_count(1)


def test_a_paste_is_cleaned_said_and_kept_with_the_draft(visit, staff):
    page = visit(staff)
    sheet = begin(page, "In the editor")
    sheet.evaluate(PASTE, WORD)
    expect(sheet).to_have_text("You need your own lawyer.")
    told = "1 picture from another site and 1 deleted passage were left out."
    expect(page.locator(".cke_notification_message")).to_contain_text(told)
    page.get_by_role("button", name="Save and close").click()
    page.wait_for_url("**/admin/posts/post/")
    assert Post.objects.get().body == "<p>You need your own lawyer.</p>"
    assert DraftFinding.objects.filter(sentence=told).exists()


def test_words_go_on_with_the_paragraph_and_none_glue(editor):
    editor.evaluate(SET, "<p>One two</p>")
    editor.sheet.click()
    editor.keyboard.press("Control+Home")
    for _ in range(4):
        editor.keyboard.press("ArrowRight")
    editor.sheet.evaluate(PASTE, "<b style='font-weight:400'><span>new </span></b>")
    expect(editor.sheet).to_have_text("One new two")


def test_the_paste_after_one_from_google_docs_works(editor):
    bare = '<meta charset="utf-8"><b style="font-weight:normal"><span>Hello</span></b>'
    editor.sheet.evaluate(PASTE, bare)
    expect(editor.sheet).to_have_text("Hello")
    editor.sheet.evaluate(PASTE, "<p>More.</p><p>Of it.</p>")
    expect(editor.sheet).to_contain_text("Of it.")


def test_without_an_answer_the_words_come_all_the_same(editor):
    editor.route("**/admin/paste/", lambda route: route.abort())
    editor.sheet.evaluate(PASTE, "<p>Some <i>words</i>.</p>")
    expect(editor.sheet).to_have_text("Some words.")
    editor.unroute("**/admin/paste/")
    editor.faults.clear()


def test_a_picture_gets_a_caption_and_the_writing_goes_on_below(editor):
    editor.evaluate(SET, '<p>A</p><p><img src="/media/pictures/0.jpg" alt="x"></p>')
    editor.sheet.locator("img").click()
    editor.locator(".cke_button__caption").click()
    editor.keyboard.type("My caption")
    editor.keyboard.press("Enter")
    editor.keyboard.type("After.")
    found = re.sub(r"\s*\n\s*", "", text(editor))
    assert found == (
        '<p>A</p><figure><img alt="x" src="/media/pictures/0.jpg">'
        "<figcaption>My caption</figcaption></figure><p>After.</p>"
    )
    editor.faults.clear()


def open_link(page):
    page.evaluate(SET, "<p>See here</p>")
    page.sheet.click()
    page.keyboard.press("Control+a")
    page.locator(".cke_button__link").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("tab", name="Upload")).to_have_count(0)
    return dialog


def test_a_link_leads_to_an_article_that_is_picked(editor, make_post):
    make_post("Fees after a denial")
    dialog = open_link(editor)
    field = dialog.get_by_label("Address, or words")
    assert field.input_value() == ""
    field.press_sequentially("fees")
    dialog.get_by_role("button", name="Fees after a denial").click()
    dialog.get_by_role("button", name="OK").click()
    assert '<a href="/posts/fees-after-a-denial/"' in text(editor)


def test_a_picture_is_picked_from_the_library(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    url = wall()
    Picture.objects.update(alt="A teal wall")
    wall("navy")
    editor.locator(".cke_button__image").click()
    dialog = editor.get_by_role("dialog")
    dialog.get_by_label("Or choose from the library").press_sequentially("teal")
    dialog.get_by_role("button", name="A teal wall").click()
    expect(dialog.get_by_label("Description for people")).to_have_value("A teal wall")
    dialog.get_by_role("button", name="OK").click()
    expect(editor.sheet.locator("img")).to_have_attribute("src", url)
    assert 'alt="A teal wall"' in text(editor)


MEANT = {
    "www.uscis.gov/i-90": "https://www.uscis.gov/i-90",
    "uscis.gov": "https://uscis.gov",
    "https://www.uscis.gov/": "https://www.uscis.gov/",
    "/about/": "/about/",
    "#fees": "#fees",
}


def test_an_address_is_taken_as_it_is_meant(editor):
    for typed, address in MEANT.items():
        dialog = open_link(editor)
        dialog.get_by_label("Address, or words").fill(typed)
        dialog.get_by_role("button", name="OK").click()
        dialog.wait_for(state="hidden")
        assert f'href="{address}"' in editor.evaluate(GET)


def test_a_table_begins_with_a_row_of_headers(editor):
    editor.locator(".cke_button__table").click()
    editor.get_by_role("dialog").get_by_role("button", name="OK").click()
    assert text(editor).count('<th scope="col">') == 2


WORDS_IN = """([wanted, ours]) => {
    const words = (html) => new DOMParser().parseFromString(html, "text/html")
        .body.textContent.replace(/\\s/g, "");
    return words(CKEDITOR.instances.id_body.getData()) === words(wanted);
}"""


@need_inputs
def test_each_input_of_pasting_comes_out_as_it_is_saved(editor):
    for path in sorted((INPUTS / "import/paste").glob("*.html")):
        html = path.read_text(encoding="utf-8")
        editor.evaluate(SET, "")
        editor.sheet.evaluate(PASTE, html)
        editor.wait_for_function(WORDS_IN, arg=[clean(html), path.name])
