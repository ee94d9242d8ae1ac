""" "This law changed": what readers are told, from its day until it was reviewed."""

import json
import re
from datetime import date, datetime, timedelta, timezone

import pytest
from helpers.clock import NOON
from helpers.law_changes import approve, change, press, resting

from lawblog.models import Entry
from lawblog.records.verify import verify
from posts import publishing
from posts.law import affected, notices
from posts.models import Edition, LawChange, LawNotice, Post, Review

TOLD = "The law changed on "
DICHO = "La ley cambió el "


def told(client, editions):
    """The titles of the pages that say so, each asked anew."""
    found = []
    for edition in editions:
        text = client.get(edition.get_absolute_url()).content.decode()
        words = DICHO if edition.language == "es" else TOLD
        if words in re.sub("<[^>]+>", "", text):
            found.append(edition.title)
    return found


@pytest.mark.slow
def test_the_walk(clock, publish, attorney_client, client):
    """INA 287(g) changes: 7 pages say so on the next request, 3 are reviewed, 4 are
    left, and it is undone."""
    law_pages = resting(publish)
    readers = type(client)()
    assert told(readers, law_pages) == []
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
    assert told(readers, law_pages) == []
    token = re.search('name="version_token" value="(.*?)"', shown)[1]
    ticks = {
        name: re.findall(f'name="{name}" value="(.*?)"', shown)
        for name in ("shown_key", "key", "shown_page", "page")
    }
    approval = {**ticks, "approve": "yes", "version_token": token}
    attorney_client.post(here, approval)
    titles = [page.title for page in law_pages]
    assert told(readers, law_pages) == titles
    for page in law_pages[::3]:
        press(attorney_client, page, law=LawChange.objects.get().pk)
    left = [title for n, title in enumerate(titles) if n % 3]
    assert len(left) == 4 and told(readers, law_pages) == left
    shown = attorney_client.get(here).content.decode()
    assert "Left to review (4)" in shown
    queue = attorney_client.get("/admin/posts/post/needs-review/").content.decode()
    assert all(title in queue for title in left)
    undo = re.search('name="undo" value="(.*?)"', shown)[1]
    attorney_client.post(here, {"undo": undo})
    assert told(readers, law_pages) == []
    kinds = Entry.objects.filter(subject="posts.lawnotice")
    assert list(kinds.values_list("kind", flat=True)) == ["approve", "undo"]
    assert list(verify()) == []


@pytest.mark.slow
def test_undo_ends_what_its_page_showed_and_nothing_newer(
    law_pages, attorney, attorney_client
):
    row, name = change(), attorney.get_full_name()
    here = f"/admin/posts/lawchange/{row.pk}/pages/"

    def undo(number):
        answer = attorney_client.post(here, {"undo": number}, follow=True)
        return answer.content.decode()

    assert "readers are told nothing of this" in undo("yes")
    stale = approve(row, attorney)
    assert "Undone" in undo(stale.pk)
    assert f"{name} undid this before you" in undo(stale.pk)
    newer = approve(row, attorney)
    other = approve(change("usc.8.1357"), attorney)
    for number in (stale.pk, other.pk, "yes", ""):
        said = undo(number)
        assert f"{name} approved this anew" in said, number
        assert f'name="undo" value="{newer.pk}"' in said, number
    assert LawNotice.objects.open().count() == 2
    assert "Undone" in undo(newer.pk)
    assert list(LawNotice.objects.open()) == [other]


@pytest.mark.slow
def test_page_feeds_print_and_data_say_it_first(law_pages, attorney, client):
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
        assert text.count(words) == (1 if "/es/" in feed else 2)
    items = json.loads(client.get("/feed/json/").content)["items"]
    texts = {item["title"]: item["content_html"].strip() for item in items}
    assert texts["Page 0"].startswith('<p class="overdue law-changed"')
    assert "law-changed" not in texts["Other"]
    assert "The law changed on" in client.get("/llms.txt").content.decode()
    spanish = client.get("/es/posts/hoja-0/").content.decode()
    assert "Los acuerdos son más amplios." in spanish


@pytest.mark.slow
def test_a_substantive_edition_ends_it_and_a_typing_error_does_not(
    law_pages, attorney, client, clock
):
    approve(change(), attorney)
    clock.shift(timedelta(hours=1))
    for number, substantive in ((0, True), (1, False)):
        post = law_pages[number].post
        Post.objects.filter(pk=post.pk).update(summary="Another summary.")
        publishing.publish(post, by=None, substantive=substantive)
    assert told(client, law_pages) == [page.title for page in law_pages[1:]]


@pytest.mark.slow
def test_what_was_looked_at_before_does_not_count(law_pages, attorney, client, clock):
    Review.objects.create(
        post=law_pages[0].post,
        reviewed_by=attorney,
        reviewed_at=NOON - timedelta(days=1),
        reviewed_on=date(2026, 11, 23),
        next_review=date(2027, 11, 23),
    )
    approve(change(), attorney)
    assert len(told(client, law_pages)) == 3
    clock.shift(timedelta(hours=1))
    # A typing error that is corrected later carries the date of an earlier edition.
    publishing.publish(law_pages[0].post, by=None, substantive=False)
    assert len(told(client, law_pages)) == 3


@pytest.mark.slow
def test_what_was_scheduled_before_was_not_written_knowing_of_it(
    law_pages, attorney, client, clock
):
    post = law_pages[0].post
    publishing.publish(post, by=None, at=NOON + timedelta(days=2))
    approve(change(), attorney)
    clock.shift(timedelta(days=3))
    publishing.publish(post, by=None, substantive=False)
    assert law_pages[0].title in told(client, law_pages)


@pytest.mark.slow
def test_it_takes_effect_by_itself_on_its_day(law_pages, attorney, client, clock):
    approve(change(day=date(2027, 3, 1)), attorney)
    assert told(client, law_pages) == []
    for hours, number in ((-1, 0), (1, 3)):
        clock.move_to(datetime(2027, 3, 1, 5, tzinfo=timezone.utc))
        clock.shift(timedelta(hours=hours))
        assert len(told(client, law_pages)) == number


@pytest.mark.slow
def test_a_review_before_its_day_does_not_count(
    law_pages, attorney, attorney_client, clock
):
    approve(change(day=date(2027, 3, 1)), attorney)
    press(attorney_client, law_pages[0])
    clock.move_to(datetime(2027, 3, 2, 17, tzinfo=timezone.utc))
    assert len(told(type(attorney_client)(), law_pages)) == 3


@pytest.mark.slow
def test_a_review_knows_of_the_change_that_it_clears(
    law_pages, attorney, attorney_client, clock
):
    approve(change(), attorney)
    clock.shift(timedelta(hours=1))
    for stale in ("0", "", "x"):
        answer = press(attorney_client, law_pages[0], law_notice=stale, queue="1")
        said = attorney_client.get(answer.url).content.decode()
        assert "The law under “Page 0” changed after you opened this page" in said
    assert not Review.objects.exists()
    known = f'name="law_notice" value="{affected.newest_notice_id()}"'
    assert said.count(known) == said.count("Reviewed, still right</button>") > 0
    press(attorney_client, law_pages[0])
    assert Review.objects.count() == 1


@pytest.mark.slow
def test_an_approval_knows_of_the_change_that_it_clears(
    law_pages, publish, attorney, clock
):
    post = law_pages[0].post
    other = publish("Another", body="<p>Nothing.</p>").post
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
def test_what_was_undone_before_its_day_is_never_told(
    law_pages, attorney, client, clock
):
    notice = approve(change(day=date(2027, 3, 1)), attorney)
    assert notices.undo(notice, by=attorney)
    assert not notices.undo(notice, by=attorney)
    clock.move_to(datetime(2027, 3, 2, 17, tzinfo=timezone.utc))
    assert told(client, law_pages) == []


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
    assert [edition.title for edition in affected.left_to_review(notice, 9)] == [
        "Other"
    ]


@pytest.mark.slow
def test_undone_after_a_review_and_told_again(
    law_pages, attorney, attorney_client, clock
):
    row = change()
    notice = approve(row, attorney)
    clock.shift(timedelta(hours=1))
    press(attorney_client, law_pages[0])
    notices.undo(notice, by=attorney)
    clock.shift(timedelta(hours=1))
    assert Review.objects.count() == 1
    approve(row, attorney)
    assert len(told(type(attorney_client)(), law_pages)) == 3


@pytest.mark.slow
def test_two_at_once_stand_one_after_the_other(law_pages, attorney, client):
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
    assert [edition.title for edition in affected.left_to_review(notice, 9)] == ["Both"]


@pytest.mark.slow
def test_a_child_does_not_reach_who_cites_the_whole(publish, attorney, client):
    whole = publish("Whole", body="<p>INA 212</p>")
    deep = publish("Deep", body="<p>INA 212(h)(1)</p>")
    approve(change("usc.8.1182.h"), attorney)
    assert told(client, [whole, deep]) == ["Deep"]


@pytest.mark.slow
def test_a_translation_without_its_original_is_told_and_reviewed_by_itself(
    law_pages, attorney, attorney_client
):
    publishing.withdraw(law_pages[0].post, by=attorney)
    approve(change(), attorney)
    readers = type(attorney_client)()
    assert "Hoja 0" in told(readers, law_pages[1:])
    press(attorney_client, law_pages[-1])
    assert "Hoja 0" not in told(readers, law_pages[1:])


@pytest.mark.slow
def test_left_and_pages_agree(law_pages, attorney, client, publish, clock):
    """What the queue lists is what the pages say: one rule twice, in SQL and here."""
    notice = approve(change(), attorney)
    clock.shift(timedelta(minutes=1))
    publishing.publish(law_pages[1].post, by=None)
    titles = [edition.title for edition in affected.left_to_review(notice, 100)]
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
    assert affected.left_to_review(notice, 9) == []
    clock.shift(timedelta(minutes=1))
    again = publishing.publish(edition.post, by=None, substantive=False)
    assert told(client, [again]) == ["Page"]
    assert [one.title for one in affected.left_to_review(notice, 9)] == ["Page"]
    clock.shift(timedelta(minutes=1))
    publishing.withdraw(edition.post, by=attorney)
    assert told(client, [publishing.publish(edition.post, by=None)]) == []
