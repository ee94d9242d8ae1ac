"""The desk speaks the firm's language, not Django's."""

import re

import pytest
from helpers.form_opened import seen

from posts.models import OldAddress, Topic

LISTS = {
    "posts/post": "Articles",
    "posts/topic": "Topics",
    "offices/office": "Offices",
    "offices/page": "Pages of record",
}


@pytest.mark.parametrize(("path", "heading"), LISTS.items())
def test_a_list_is_headed_by_what_it_lists(attorney_client, path, heading):
    page = attorney_client.get(f"/admin/{path}/").content.decode()
    assert re.findall(r"<h1>(.*?)</h1>", page) == [heading]


def test_the_front_page_names_rooms_as_people_do(owner_client):
    page = owner_client.get("/admin/").content.decode()
    assert "<title>The desk | Immigration law office</title>" in page
    assert "People" in page and "Authentication" not in page


@pytest.mark.parametrize("path", ["offices/office", "offices/attorney", "posts/topic"])
def test_the_end_of_an_address_is_called_so(attorney_client, path):
    page = attorney_client.get(f"/admin/{path}/add/").content.decode()
    assert re.search(r'<label[^>]*for="id_slug"[^>]*>\s*Address', page)


def test_the_way_to_a_page_of_ours_is_shown_on_it(attorney_client, make_post):
    post = make_post("Bond hearings")
    page = attorney_client.get(f"/admin/posts/post/{post.pk}/history/").content.decode()
    way = page.split('class="breadcrumbs"')[1].split("</div>")[0]
    links = re.findall(r'<a href="(.*?)">(.*?)</a>', way)
    assert links == [
        ("/admin/", "Home"),
        ("/admin/posts/post/", "Articles"),
        (f"/admin/posts/post/{post.pk}/change/", "Bond hearings"),
    ]
    assert way.strip().endswith("History")


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("posts/post/", ["Home", "Articles"]),
        ("posts/post/add/", ["Home", "Articles", "Add article"]),
        ("posts/post/{}/change/", ["Home", "Articles", "Bond hearings"]),
        ("posts/post/{}/delete/", ["Home", "Articles", "Bond hearings", "Delete"]),
        ("posts/topic/add/", ["Home", "Topics", "Add topic"]),
        ("offices/office/", ["Home", "Offices"]),
    ],
)
def test_a_way_names_each_room_once(attorney_client, make_post, address, way):
    address = f"/admin/{address}".format(make_post("Bond hearings").pk)
    page = attorney_client.get(address).content.decode()
    shown = page.split('class="breadcrumbs">')[1].split("</div>")[0]
    words = re.sub(r"<.*?>", "", shown).split("&rsaquo;")
    assert [" ".join(word.split()) for word in words] == way


def test_a_list_says_what_is_missing_and_what_can_be_done(attorney_client, make_post):
    make_post("Bond hearings")
    page = attorney_client.get("/admin/posts/post/").content.decode()
    assert "With those ticked…" in page
    assert not re.search(r">\s*-+\s*<", page)
    assert "Show all" not in page
    page = attorney_client.get("/admin/posts/post/?q=bond").content.decode()
    assert re.search(r'1 found. <a href="\?">Show all</a>', page)


def test_a_form_has_one_way_to_save_and_one_back(attorney_client, fort_lee):
    address = f"/admin/offices/office/{fort_lee.pk}/change/"
    page = attorney_client.get(address).content.decode()
    row = page.split('class="submit-row"')[1].split("</div>")[0]
    assert re.findall(r'value="(.*?)"', row) == ["Save"]
    assert re.findall(r">([^<]+)</a>", row) == ["Back", "Delete…"]


def test_nothing_beside_a_choice_deletes_what_is_chosen(attorney_client):
    page = attorney_client.get("/admin/offices/closure/add/").content.decode()
    assert 'name="office"' in page and "delete-related" not in page


@pytest.mark.parametrize("path", ["posts/post", "posts/topic"])
def test_before_it_deletes_the_desk_asks_in_plain_words(
    attorney_client, make_post, path
):
    post = make_post("Bond hearings", topics=["Asylum"])
    row = post if path == "posts/post" else post.topics.get()
    page = attorney_client.get(f"/admin/{path}/{row.pk}/delete/").content.decode()
    asked = page.split('id="content"')[1]
    assert "Keep it" in asked and f"<strong>{row}</strong>" in asked
    assert not re.search("object|relationship|related item|_", asked.split("<form")[0])


def test_what_was_done_is_told_in_the_desks_words(attorney_client):
    def press(path, **form):
        page = attorney_client.post(f"/admin/posts/{path}", form, follow=True)
        told = page.content.decode().split('class="messagelist"')[1].split("</ul>")[0]
        return " ".join(re.sub(r"<.*?>", "", told.split(">", 1)[1]).split())

    added = press("topic/add/", name="Bond", slug="bond", is_public="on")
    assert added == "“Bond” is added."
    topic = Topic.objects.get()
    own, form = f"topic/{topic.pk}", {"slug": "bond", "is_public": "on", **seen(topic)}
    saved = press(f"{own}/change/", name="Bail", **form)
    assert saved == "“Bail” is saved."
    assert press(f"{own}/delete/", post="yes", **seen(topic)) == "“Bail” is deleted."
    assert press(f"{own}/change/") == "That is not here. It may have been deleted."


def test_many_are_deleted_at_once_in_the_desks_words(attorney_client):
    rows = [
        OldAddress.objects.create(address=n, key=n, gone=True) for n in ("/a", "/b")
    ]
    path = "/admin/posts/oldaddress/"

    def press(**form):
        page = attorney_client.post(path, form, follow=True).content.decode()
        return " ".join(re.sub(r"<.*?>", " ", page.split('id="main"')[1]).split())

    form = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    assert "choose what to do with those ticked." in press(
        **form | {"action": "", "index": 0}
    )
    assert "first tick what it is to be done with." in press(
        action=form["action"], index=0
    )
    asked = press(**form)
    assert "Delete these old addresses? This goes:" in asked
    assert not re.search(r"\b[Oo]bjects?\b|related|I’m sure", asked)
    assert "2 old addresses deleted." in press(**form, post="yes")
