"""What readers and writers do, in Debian's Firefox."""

from lawblog.models import Picture
from offices.models import Firm
from posts.models import Post


def test_a_reader_finds_an_article_and_leaves(firefox, whole_site, live_server):
    Firm.objects.update(quick_exit=f"{live_server.url}/robots.txt")
    firefox.open("/")
    assert "Leave this site" in firefox.text and "(201) 448-9837" in firefox.text
    firefox.open("/posts/")
    firefox.press('main a[href="/posts/a-title/"]')
    assert firefox.path == "/posts/a-title/" and "The court reads" in firefox.text
    width = "document.documentElement.scrollWidth <= innerWidth"
    assert firefox.run(f"return {width}")
    firefox.open("/search/")
    firefox.type("#q", "guide")
    firefox.press("search button, form.search button")
    firefox.wait_for("location.search.includes('guide')")
    assert "A guide" in firefox.text
    firefox.open("/now/")
    assert "Line 6." in firefox.text
    firefox.press("aside.reach a.exit")
    firefox.wait_for("location.pathname === '/robots.txt'")


def test_an_office_takes_one_sheet_in_firefox_too(firefox, whole_site):
    for office in ("fort-lee", "new-york"):
        firefox.open(f"/offices/{office}/")
        assert firefox.sheets() == 1, office


def test_a_writer_signs_in_and_saves_an_article_with_a_picture(
    firefox, whole_site, staff
):
    Picture.objects.update(alt="A teal wall")
    firefox.open("/admin/login/")
    firefox.type("[name=login]", staff.username)
    firefox.type("[name=password]", "correct horse")
    firefox.press(".door [type=submit]")
    firefox.wait_for("document.querySelector('#desk-nav')")
    firefox.open("/admin/posts/post/add/")
    firefox.wait_for("window.CKEDITOR?.instances.id_body?.status === 'ready'")
    firefox.type("#id_title", "Written in Firefox")
    firefox.press(".cke_wysiwyg_frame")
    firefox.type_on("Some words of it.")
    firefox.press(".cke_button__image")
    firefox.wait_for("document.querySelector('.own-pictures button')")
    firefox.press(".own-pictures button")
    firefox.press(".cke_dialog_ui_button_ok")
    firefox.wait_for("CKEDITOR.instances.id_body.getData().includes('A teal wall')")
    firefox.press("[name=_continue]")
    firefox.wait_for("location.pathname.endsWith('/change/')")
    post = Post.objects.get(title="Written in Firefox")
    assert "Some words of it." in post.body and 'alt="A teal wall"' in post.body
    assert post.slug == "written-in-firefox"
