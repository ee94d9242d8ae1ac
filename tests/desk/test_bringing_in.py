"""“Bring articles in” at the desk: who may, what is said, and the way back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from helpers.desk import page

from posts.import_runs import jobs
from posts.models import DraftFinding, Edition, ImportRun, Post

BRING = "/admin/posts/post/bring-in/"
HTML = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>"
    "<p>Some words of an article, a few at least.</p></article></body></html>"
)


def upload(title, name="a.html"):
    return SimpleUploadedFile(name, HTML.format(title).encode())


@pytest.fixture
def bring(staff_client, django_capture_on_commit_callbacks):
    """bring(*files, **fields) → the page of the report, once all was read."""

    def send(*files, **fields):
        answer = staff_client.post(BRING, {"files": files, **fields})
        jobs.go_on()
        return page(staff_client, answer.url)

    return send


@pytest.mark.slow
def test_staff_bring_drafts_in_and_nothing_is_public(bring, staff):
    report = bring(upload("One"), upload("Two", "b.html"))
    assert "2 brought in, 0 here already, 0 left out." in report
    assert not Edition.objects.exists()
    assert set(Post.objects.values_list("updated_by", flat=True)) == {staff.pk}


@pytest.mark.slow
def test_the_report_says_what_was_left_out_and_why(bring):
    bad = SimpleUploadedFile("old.rtf", b"{\\rtf1 Hello}")
    report = bring(upload("One"), bad, SimpleUploadedFile("e.txt", b"x" * 40))
    assert "Left out, and why (2)" in report
    assert "old.rtf: It is RTF (rich text)" in report
    assert "to look at</a>" in report


@pytest.mark.slow
def test_bringing_in_twice_leaves_the_first_as_it_is(bring):
    bring(upload("One"))
    assert "Here already, and left as they are (1)" in bring(upload("One"))
    assert Post.objects.count() == 1


@pytest.mark.slow
def test_undo_removes_what_nobody_changed(bring, staff_client):
    bring(upload("One"), upload("Two", "b.html"))
    Post.objects.get(title="Two").save()
    run = ImportRun.objects.get()
    answer = staff_client.post(f"{BRING}{run.pk}/", {"undo": "1"}, follow=True)
    said = answer.content.decode()
    assert "1 draft is removed; 1 stays, since somebody changed" in said
    assert "Undone" in said and "One (removed)" in said
    assert Post.objects.get().title == "Two"


@pytest.mark.slow
def test_files_come_in_pieces_and_are_read_at_a_press(staff_client):
    begun = staff_client.post(BRING, {"site": "https://old.example"}).url
    content = HTML.format("One").encode()
    for number, part in enumerate((content[:50], content[50:])):
        piece = {"piece": SimpleUploadedFile("x", part), "number": number}
        answer = staff_client.post(f"{begun}files/", {"name": "a.html", **piece})
        assert answer.status_code == 204
    assert "Not begun." in page(staff_client, begun)
    staff_client.post(begun, {"start": "1"})
    jobs.go_on()
    assert Post.objects.get().title == "One"


@pytest.mark.parametrize("number", ("", "-1", "x", "9999", "٣x"))
def test_a_piece_that_is_none_gets_a_sentence(staff_client, number):
    begun = staff_client.post(BRING, {}).url
    piece = {"piece": SimpleUploadedFile("x", b"x"), "number": number, "name": "a"}
    answer = staff_client.post(f"{begun}files/", piece)
    assert (answer.status_code, answer.content) == (
        400,
        b"A piece of a file did not arrive. Start again.",
    )


def test_an_address_that_is_none_is_refused_with_a_sentence(staff_client):
    answer = staff_client.post(BRING, {"site": "not an address", "files": upload("A")})
    assert "Give a whole address, like https:" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_the_work_begins_when_the_request_is_through(
    staff_client, monkeypatch, django_capture_on_commit_callbacks
):
    begun = []
    monkeypatch.setattr(jobs, "_in_thread", lambda: begun.append("begun"))
    with django_capture_on_commit_callbacks(execute=True):
        staff_client.post(BRING, {"files": upload("One")})
    assert begun == ["begun"]


@pytest.mark.slow
def test_another_persons_import_is_read_but_not_undone(bring, client, make_staff):
    bring(upload("One"))
    run = ImportRun.objects.get()
    client.force_login(make_staff("olga"))
    assert "One" in page(client, f"{BRING}{run.pk}/")
    for address in (f"{BRING}{run.pk}/", f"{BRING}{run.pk}/files/"):
        assert client.post(address, {"undo": "1"}).status_code == 403
    assert Post.objects.exists()


@pytest.mark.slow
def test_an_attorney_undoes_what_staff_brought_in(bring, client, attorney):
    bring(upload("One"))
    client.force_login(attorney)
    client.post(f"{BRING}{ImportRun.objects.get().pk}/", {"undo": "1"})
    assert not Post.objects.exists()


def test_strangers_are_asked_to_sign_in(client, set_up):
    assert client.get(BRING).url.startswith("/admin/login/")
    assert client.post(BRING, {"files": upload("One")}).url.startswith("/admin/login/")
    assert not ImportRun.objects.exists()


@pytest.fixture
def make_staff(staff):
    from django.contrib.auth.models import User

    def make(name):
        user = User.objects.create_user(name, password="x", is_staff=True)
        user.groups.set(staff.groups.all())
        return user

    return make


# What is to be looked at


@pytest.mark.slow
def test_what_came_with_a_draft_is_read_before_it_is_approved(
    bring, client, attorney, staff_client
):
    bring(SimpleUploadedFile("a.txt", b"A title here\n\nMay 1, 2020\n\nIt ends in the"))
    post = Post.objects.get()
    address = f"/admin/posts/post/{post.pk}/"
    assert "The last sentence seems unfinished." in page(
        staff_client, f"{address}change/"
    )
    client.force_login(attorney)
    publish = page(client, f"{address}publish/")
    assert "The last sentence seems unfinished." in publish
    noted = page(client, f"{address}noted/")
    finding = DraftFinding.objects.get(sentence__startswith="The last sentence")
    assert f'name="finding" value="{finding.pk}"' in noted
    client.post(f"{address}noted/", {"finding": [finding.pk]})
    assert "seems unfinished" not in page(client, f"{address}publish/")
    assert "Ticked off (1)" in page(client, f"{address}noted/")


@pytest.mark.slow
def test_staff_read_the_findings_and_tick_none(bring, staff_client):
    bring(SimpleUploadedFile("a.txt", b"A title here\n\nMay 1, 2020\n\nIt ends in the"))
    address = f"/admin/posts/post/{Post.objects.get().pk}/noted/"
    assert 'name="finding"' not in page(staff_client, address)
    number = DraftFinding.objects.first().pk
    answer = staff_client.post(address, {"finding": [number]})
    assert answer.status_code == 403
    assert not DraftFinding.objects.exclude(ticked_at=None).exists()


def test_a_tick_for_another_articles_finding_does_nothing(attorney_client, make_post):
    mine, other = make_post("Mine"), make_post("Other")
    DraftFinding.objects.note(other, [("It looks wrong.", "")])
    row = DraftFinding.objects.get()
    for values in ([row.pk], ["x"], ["9" * 30], []):
        attorney_client.post(f"/admin/posts/post/{mine.pk}/noted/", {"finding": values})
    row.refresh_from_db()
    assert row.ticked_at is None


@pytest.mark.slow
def test_what_is_pasted_and_left_out_is_said_and_kept(staff_client, post_form):
    body = (
        '<p>Kept <del>gone</del> text.</p><p><img src="https://x.example/a.png" '
        'alt="A map"><img src="https://x.example/b.png"> end</p>'
    )
    form = post_form(body=body, _continue="1")
    said = staff_client.post("/admin/posts/post/add/", form, follow=True)
    said = said.content.decode()
    summary = "2 pictures from another site and 1 deleted passage were left out."
    # As a message, and as a finding.
    assert said.count(summary) == 2
    assert "“A map” (https://x.example/a.png)" in said
    post = Post.objects.get()
    assert summary in DraftFinding.objects.filter(post=post).values_list(
        "sentence", flat=True
    )
    # Saving the clean text again adds nothing, and what is open stays open.
    form = post_form(post, body=post.body, slug=post.slug, _continue="1")
    staff_client.post(f"/admin/posts/post/{post.pk}/change/", form)
    assert DraftFinding.objects.filter(sentence=summary).count() == 1
