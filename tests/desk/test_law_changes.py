""" "This law changed": from the desk's page to what readers are told, and back."""

import json
import re
from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lawblog.models import Entry
from lawblog.records.verify import verify
from posts import publishing
from posts.law import marks, notices
from posts.models import Edition, LawChange, LawNotice, Post, Review

TOLD = "The law changed on "
DICHO = "La ley cambió el "
NOON = datetime(2026, 11, 24, 17, tzinfo=timezone.utc)


@pytest.fixture
def pages(clock, publish, attorney):
    """Seven pages that rest on INA 287(g), in both languages, and two that do not."""
    ways = [
        "INA 287(g)",
        "8 U.S.C. § 1357(g)(1)",
        "section 287(g) of the Act",
        "287(g)",
    ]
    made = [
        publish(f"Page {n}", body=f"<p>See {way}.</p>", law_as_of=date(2026, 1, n + 1))
        for n, way in enumerate(ways)
    ]
    first = made[0].post
    for n, way in enumerate(["INA § 287(g)", "8 U.S.C. 1357(g)", "la sección 287(g)"]):
        words = {"language": "es", "law_as_of": date(2026, 2, n + 1)}
        original = first if n == 0 else None
        body = f"<p>Véase {way}.</p>"
        made.append(publish(f"Hoja {n}", body=body, translation_of=original, **words))
    publish("Other", body="<p>INA 287(a) and 8 USC 1357.</p>")
    publish("Another", body="<p>Nothing.</p>")
    return made


def change(key="usc.8.1357.g", **fields):
    fields = {
        "key": key,
        "day": date(2026, 11, 20),
        "sentence": "Agreements with local police are broader.",
        "in_other_languages": {"es": {"sentence": "Los acuerdos son más amplios."}},
        "source": "https://www.federalregister.gov/citation/91-FR-1",
        **fields,
    }
    return LawChange.objects.create(**fields)


def approve(change, by):
    draft = notices.draft_of(change)
    return notices.approve(change, by=by, version_token=draft.version_token)


def told(client, editions):
    """The titles of the pages that say so, each asked anew."""
    found = []
    for edition in editions:
        text = client.get(edition.get_absolute_url()).content.decode()
        words = DICHO if edition.language == "es" else TOLD
        if words in re.sub("<[^>]+>", "", text):
            found.append(edition.title)
    return found


def press(client, edition, **more):
    address = f"/admin/posts/post/{edition.post_id}/reviewed/"
    known = {"edition": edition.pk, "law_notice": marks.newest()}
    return client.post(address, {**known, **more})


@pytest.mark.slow
def test_the_walk(pages, attorney_client, client):
    """INA 287(g) changes: 7 pages say so on the next request, 3 are reviewed, 4 are
    left, and it is undone."""
    readers = type(client)()
    assert told(readers, pages) == []
    form = {
        "authority": "INA 287 (g)",
        "day": "2026-11-20",
        "sentence": "Agreements with local police are broader.",
        "sentence_es": "Los acuerdos con la policía son más amplios.",
        "source": "https://www.federalregister.gov/citation/91-FR-1",
    }
    answer = attorney_client.post("/admin/posts/lawchange/add/", form)
    here = answer["Location"]
    shown = attorney_client.get(here).content.decode()
    assert "7 pages, the oldest law first" in shown
    assert told(readers, pages) == []
    token = re.search('name="version_token" value="(.*?)"', shown)[1]
    ticks = {
        name: re.findall(f'name="{name}" value="(.*?)"', shown)
        for name in ("shown_key", "key", "shown_page", "page")
    }
    approval = {**ticks, "approve": "yes", "version_token": token}
    attorney_client.post(here, approval)
    titles = [page.title for page in pages]
    assert told(readers, pages) == titles
    for page in pages[::3]:
        press(attorney_client, page, law=LawChange.objects.get().pk)
    left = [title for n, title in enumerate(titles) if n % 3]
    assert len(left) == 4 and told(readers, pages) == left
    shown = attorney_client.get(here).content.decode()
    assert "Left to review (4)" in shown
    queue = attorney_client.get("/admin/posts/post/needs-review/").content.decode()
    assert all(title in queue for title in left)
    attorney_client.post(here, {"undo": "yes"})
    assert told(readers, pages) == []
    kinds = Entry.objects.filter(subject="posts.lawnotice")
    assert list(kinds.values_list("kind", flat=True)) == ["approve", "undo"]
    assert list(verify()) == []


@pytest.mark.slow
def test_page_feeds_print_and_data_say_it_first(pages, attorney, client):
    approve(change(), attorney)
    page = client.get("/posts/page-0/").content.decode()
    article = page.partition("<article")[2]
    assert article.index("law-changed") < article.index('class="prose"')
    assert "8 U.S.C. § 1357(g) (INA 287(g))" in article
    assert "Agreements with local police are broader." in article
    (data,) = re.findall(r'ld\+json">(\[.*?\])</script>', page)
    (correction,) = json.loads(data)[0]["correction"]
    assert correction["datePublished"] == "2026-11-20"
    assert "We have not reviewed" in correction["text"]
    for feed in ("/feed/", "/feed/rss/", "/feed/json/", "/es/feed/json/"):
        text = client.get(feed).content.decode()
        words = "La ley cambi" if "/es/" in feed else "The law changed on"
        assert text.count(words) == (3 if "/es/" in feed else 4)
    items = json.loads(client.get("/feed/json/").content)["items"]
    texts = {item["title"]: item["content_html"].strip() for item in items}
    assert texts["Page 0"].startswith('<p class="overdue law-changed"')
    assert "law-changed" not in texts["Other"]
    assert "The law changed on" in client.get("/llms.txt").content.decode()
    spanish = client.get("/es/posts/hoja-0/").content.decode()
    assert "Los acuerdos son más amplios." in spanish


@pytest.mark.slow
def test_a_substantive_edition_ends_it_and_a_typing_error_does_not(
    pages, attorney, client, clock
):
    approve(change(), attorney)
    clock.shift(timedelta(hours=1))
    for number, substantive in ((0, True), (1, False)):
        post = pages[number].post
        Post.objects.filter(pk=post.pk).update(summary="Another summary.")
        publishing.publish(post, by=None, substantive=substantive)
    assert told(client, pages) == [page.title for page in pages[1:]]


@pytest.mark.slow
def test_what_was_looked_at_before_does_not_count(pages, attorney, client, clock):
    Review.objects.create(
        post=pages[0].post,
        reviewed_by=attorney,
        reviewed_at=NOON - timedelta(days=1),
        reviewed_on=date(2026, 11, 23),
        next_review=date(2027, 11, 23),
    )
    approve(change(), attorney)
    assert len(told(client, pages)) == 7
    clock.shift(timedelta(hours=1))
    # A typing error that is corrected later carries the date of an earlier edition.
    publishing.publish(pages[0].post, by=None, substantive=False)
    assert len(told(client, pages)) == 7


@pytest.mark.slow
def test_what_was_scheduled_before_was_not_written_knowing_of_it(
    pages, attorney, client, clock
):
    post = pages[0].post
    publishing.publish(post, by=None, at=NOON + timedelta(days=2))
    approve(change(), attorney)
    clock.shift(timedelta(days=3))
    publishing.publish(post, by=None, substantive=False)
    assert pages[0].title in told(client, pages)


@pytest.mark.slow
def test_it_takes_effect_by_itself_on_its_day(pages, attorney, client, clock):
    approve(change(day=date(2027, 3, 1)), attorney)
    assert told(client, pages) == []
    for hours, number in ((-1, 0), (1, 7)):
        clock.move_to(datetime(2027, 3, 1, 5, tzinfo=timezone.utc))
        clock.shift(timedelta(hours=hours))
        assert len(told(client, pages)) == number


@pytest.mark.slow
def test_a_review_before_its_day_does_not_count(
    pages, attorney, attorney_client, clock
):
    approve(change(day=date(2027, 3, 1)), attorney)
    press(attorney_client, pages[0])
    clock.move_to(datetime(2027, 3, 2, 17, tzinfo=timezone.utc))
    assert len(told(type(attorney_client)(), pages)) == 7


@pytest.mark.slow
def test_a_review_knows_of_the_change_that_it_clears(
    pages, attorney, attorney_client, clock
):
    approve(change(), attorney)
    clock.shift(timedelta(hours=1))
    for stale in ("0", "", "x"):
        answer = press(attorney_client, pages[0], law_notice=stale, queue="1")
        said = attorney_client.get(answer.url).content.decode()
        assert "The law under “Page 0” changed after you opened this page" in said
    assert not Review.objects.exists()
    known = f'name="law_notice" value="{marks.newest()}"'
    assert said.count(known) == said.count("Reviewed, still right</button>") > 0
    press(attorney_client, pages[0])
    assert Review.objects.count() == 1


@pytest.mark.slow
def test_an_approval_knows_of_the_change_that_it_clears(pages, attorney, clock):
    post, other = pages[0].post, Post.objects.get(title="Another")
    read = publishing.candidate_for(post).version_token
    elsewhere = publishing.candidate_for(other).version_token
    # For a day to come it is known, too.
    approve(change(day=date(2026, 11, 30)), attorney)
    clock.shift(timedelta(days=9))
    asked = {"by": attorney, "reason": "It may stand."}
    with pytest.raises(publishing.ChangedMeanwhile, match="changes of the law under"):
        publishing.publish(post, version_token=read, **asked)
    read = publishing.candidate_for(post).version_token
    publishing.publish(post, version_token=read, **asked)
    publishing.publish(other, version_token=elsewhere, **asked)


@pytest.mark.slow
def test_what_was_undone_before_its_day_is_never_told(pages, attorney, client, clock):
    notice = approve(change(day=date(2027, 3, 1)), attorney)
    assert notices.undo(notice, by=attorney)
    assert not notices.undo(notice, by=attorney)
    clock.move_to(datetime(2027, 3, 2, 17, tzinfo=timezone.utc))
    assert told(client, pages) == []


@pytest.mark.slow
def test_what_was_approved_anew_before_anybody_read_it_is_not_told_of(
    make_post, publish, attorney, client, clock
):
    post = make_post("New", body="<p>INA 287(g)</p>")
    other = publish("Other", body="<p>INA 287(g)</p>")
    publishing.publish(post, by=None, at=NOON + timedelta(days=9))
    clock.shift(timedelta(hours=1))
    notice = approve(change(), attorney)
    clock.shift(timedelta(hours=1))
    new = publishing.publish(post, by=attorney, reason="It may stand.")
    assert new.modified_at < new.live_from
    assert told(client, [new, other]) == ["Other"]
    assert [edition.title for edition in marks.left(notice, 9)] == ["Other"]


@pytest.mark.slow
def test_undone_after_a_review_and_told_again(pages, attorney, attorney_client, clock):
    row = change()
    notice = approve(row, attorney)
    clock.shift(timedelta(hours=1))
    press(attorney_client, pages[0])
    notices.undo(notice, by=attorney)
    clock.shift(timedelta(hours=1))
    assert Review.objects.count() == 1
    approve(row, attorney)
    assert len(told(type(attorney_client)(), pages)) == 7


@pytest.mark.slow
def test_two_at_once_stand_one_after_the_other(pages, attorney, client):
    approve(change(), attorney)
    approve(change(sentence="Another change."), attorney)
    page = client.get("/posts/page-0/").content.decode()
    assert page.count("law-changed") == 2


@pytest.mark.slow
def test_a_parent_covers_its_children_and_can_be_narrowed(publish, attorney, client):
    deep = publish("Deep", body="<p>INA 212(a)(9)(B)</p>")
    other = publish("Waiver", body="<p>INA 212(h)</p>")
    both = publish("Both", body="<p>INA 212(a)(9)(B)(v) and 212(h)</p>")
    every = [deep, other, both]
    whole = change("usc.8.1182")
    notice = approve(whole, attorney)
    assert told(client, every) == ["Deep", "Waiver", "Both"]
    notices.undo(notice, by=attorney)
    whole.unchanged, whole.spared = ["usc.8.1182.a.9.B"], [other.post_id]
    whole.save()
    notice = approve(whole, attorney)
    assert told(client, every) == ["Both"]
    assert [edition.title for edition in marks.left(notice, 9)] == ["Both"]


@pytest.mark.slow
def test_a_child_does_not_reach_who_cites_the_whole(publish, attorney, client):
    whole = publish("Whole", body="<p>INA 212</p>")
    deep = publish("Deep", body="<p>INA 212(h)(1)</p>")
    approve(change("usc.8.1182.h"), attorney)
    assert told(client, [whole, deep]) == ["Deep"]


@pytest.mark.slow
def test_a_translation_without_its_original_is_told_and_reviewed_by_itself(
    pages, attorney, attorney_client
):
    publishing.withdraw(pages[0].post, by=attorney)
    approve(change(), attorney)
    readers = type(attorney_client)()
    assert "Hoja 0" in told(readers, pages[1:])
    press(attorney_client, pages[4])
    assert "Hoja 0" not in told(readers, pages[1:])


@pytest.mark.slow
@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"key": "usc.8.1357.z"}, "nobody would be told"),
        ({"in_other_languages": {}}, "in Spanish, too"),
        ({"sentence": " "}, "in English"),
    ],
)
def test_what_is_not_finished_is_refused(pages, attorney, fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        approve(change(**fields), attorney)
    assert not LawNotice.objects.exists()


@pytest.mark.slow
def test_a_watched_word_needs_a_reason(pages, attorney):
    row = change(sentence="We guarantee the best results.")
    with pytest.raises(ValidationError, match="Read what the checks found"):
        approve(row, attorney)
    draft = notices.draft_of(row)
    token = {"version_token": draft.version_token}
    notice = notices.approve(row, by=attorney, reason="Quoted.", **token)
    assert notice.warnings and notice.override_reason == "Quoted."


@pytest.mark.slow
def test_only_what_was_read_is_approved(pages, attorney, publish):
    row = change()
    token = notices.draft_of(row).version_token
    publish("One more", body="<p>INA 287(g)</p>")
    with pytest.raises(ValidationError, match="other articles rest on this law"):
        notices.approve(row, by=attorney, version_token=token)


@pytest.mark.slow
def test_a_notice_is_told_once(pages, attorney):
    row = change()
    approve(row, attorney)
    with pytest.raises(ValidationError, match="already"):
        approve(row, attorney)


@pytest.mark.slow
def test_staff_write_and_the_attorney_approves(pages, staff, staff_client):
    row = change()
    here = f"/admin/posts/lawchange/{row.pk}/pages/"
    page = staff_client.get(here).content.decode()
    assert "The attorney approves it." in page and 'name="approve"' not in page
    token = notices.draft_of(row).version_token
    body = {"approve": "yes", "version_token": token}
    assert staff_client.post(here, body).status_code == 403
    with pytest.raises(PermissionDenied):
        notices.approve(row, by=staff, version_token=token)
    shown = [str(page.post_id) for page in pages]
    staff_client.post(here, {"narrow": "", "shown_page": shown, "page": shown[1:]})
    assert LawChange.objects.get().spared == [pages[0].post_id]


@pytest.mark.slow
def test_a_tick_taken_away_and_approved_at_once_is_read_again(
    pages, attorney_client, attorney
):
    row = change()
    shown = [str(page.post_id) for page in pages]
    body = {"shown_page": shown, "page": shown[2:], "approve": "yes"}
    body["version_token"] = notices.draft_of(row).version_token
    here = f"/admin/posts/lawchange/{row.pk}/pages/"
    answer = attorney_client.post(here, body, follow=True).content.decode()
    assert "then approve" in answer and "5 pages" in answer
    assert not LawNotice.objects.exists()


@pytest.mark.parametrize("typed", ["INA 999", "§" * 10000, "nothing", "<b>"])
def test_a_wrong_section_gets_a_sentence_and_nothing_typed_is_lost(
    typed, attorney_client
):
    form = {
        "authority": typed[:200],
        "day": "2026-11-20",
        "sentence": "It changed.",
        "source": "https://www.uscis.gov/",
    }
    page = attorney_client.post("/admin/posts/lawchange/add/", form).content.decode()
    assert "is no authority that we know" in page and "It changed." in page
    assert not LawChange.objects.exists()


def test_a_source_is_an_address_of_the_web(attorney_client):
    form = {"authority": "I-130", "day": "2026-11-20", "sentence": "It changed."}
    for source in ("javascript:alert(1)", "http://x.gov", "no address"):
        answer = attorney_client.post(
            "/admin/posts/lawchange/add/", {**form, "source": source}
        )
        assert answer.status_code == 200
    assert not LawChange.objects.exists()


@pytest.mark.slow
def test_what_readers_are_told_is_not_reworded(pages, attorney, attorney_client):
    row = change()
    approve(row, attorney)
    address = f"/admin/posts/lawchange/{row.pk}"
    body = {"sentence": "Other words.", "authority": "I-130", "day": "2026-01-01"}
    assert attorney_client.post(f"{address}/change/", body).status_code == 403
    assert (
        attorney_client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    )


def test_another_law_is_not_narrowed_as_the_one_before(pages, attorney_client):
    row = change(unchanged=["usc.8.1357.g.1"], spared=[pages[0].post_id])
    address = f"/admin/posts/lawchange/{row.pk}/change/"
    shown = attorney_client.get(address).content.decode()
    form = {
        "day": "2026-11-20",
        "sentence": "It changed.",
        "sentence_es": "Cambió.",
        "source": "https://www.uscis.gov/",
        "version_token": re.search('name="version_token" value="(.*?)"', shown)[1],
    }
    for authority, spared in (("INA 287 (g)", [pages[0].post_id]), ("INA 287", [])):
        attorney_client.post(address, {**form, "authority": authority})
        saved = LawChange.objects.get()
        assert saved.spared == spared and bool(saved.unchanged) is bool(spared)
        page = attorney_client.get(address).content.decode()
        form["version_token"] = re.search('name="version_token" value="(.*?)"', page)[1]


@pytest.mark.slow
def test_the_preview_shows_a_page_as_readers_will_see_it(
    pages, attorney_client, client
):
    row = change()
    page = f"/admin/posts/lawchange/{row.pk}/preview/{pages[4].post_id}/"
    shown = attorney_client.get(page).content.decode()
    assert "Los acuerdos son más amplios." in shown and "noindex" in shown
    missing = f"/admin/posts/lawchange/{row.pk}/preview/99999/"
    assert attorney_client.get(missing).status_code == 404


@pytest.mark.slow
def test_the_desk_finds_a_law_in_any_spelling(pages, attorney_client):
    law = "/admin/posts/lawchange/law/"
    page = attorney_client.get(law).content.decode()
    assert "INA 287(g) = 8 USC 1357(g)" in page
    for spelled in ("287g", "ina 287(g)", "8 U.S.C. § 1357(g)", "usc.8.1357.g"):
        answer = attorney_client.get(law, {"q": spelled}, follow=True)
        shown = answer.content.decode()
        places = [shown.index(f">{page.title}<") for page in pages]
        assert places == sorted(places)
    shown = attorney_client.get(law, {"q": "INA 999"}).content.decode()
    assert "is no authority that we know" in shown


@pytest.mark.slow
def test_left_and_pages_agree(pages, attorney, client, publish, clock):
    """What the queue lists is what the pages say: one rule twice, in SQL and here."""
    notice = approve(change(), attorney)
    clock.shift(timedelta(minutes=1))
    publishing.publish(pages[2].post, by=None)
    titles = [edition.title for edition in marks.left(notice, 100)]
    live = list(Edition.objects.live())
    assert sorted(told(client, live)) == sorted(titles)


@pytest.mark.slow
def test_what_was_withdrawn_meanwhile_is_told_when_it_is_live_again(
    publish, attorney, client, clock
):
    """Without a substantive change nobody read it for that: the mark is back, too."""
    edition = publish("Page", body="<p>INA 287(g)</p>")
    clock.shift(timedelta(days=1))
    notice = approve(change(), attorney)
    publishing.withdraw(edition.post, by=attorney)
    assert marks.left(notice, 9) == []
    clock.shift(timedelta(minutes=1))
    again = publishing.publish(edition.post, by=None, substantive=False)
    assert told(client, [again]) == ["Page"]
    assert [one.title for one in marks.left(notice, 9)] == ["Page"]
    clock.shift(timedelta(minutes=1))
    publishing.withdraw(edition.post, by=attorney)
    assert told(client, [publishing.publish(edition.post, by=None)]) == []
