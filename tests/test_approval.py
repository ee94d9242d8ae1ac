"""Who may approve, return and review; what is kept of it, and what is refused."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from offices.models import Firm
from posts import publishing
from posts.desk.frontpage import month_calendar, month_from
from posts.desk.upkeep import due
from posts.models import Edition, FormerTopic, FrozenEdition, Post, Review, Topic

LIST = "/admin/posts/post/"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/New_York"))
CLAIM = "<p>We are the best.</p>"


@pytest.fixture(autouse=True)
def clock(set_up):
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def approve(client, post, **fields):
    address = f"{LIST}{post.pk}/publish/"
    seen = client.get(address).context["form"].initial["seen"]
    return client.post(address, {"seen": seen, "substantive": "on", **fields})


def page(client, address, **options):
    return client.get(address, **options).content.decode()


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"summary": ""}, "no summary"),
        ({"body": '<p><img src="/media/a.png"></p>'}, "no description"),
        ({"body": "<h3>Low</h3><p>Words.</p>"}, "Heading 3 follows a title"),
        ({"body": '<p><a href="/posts/nowhere/">A page</a></p>'}, "/posts/nowhere/"),
        ({"body": '<p><a href="https://a.example">https://a.example</a></p>'}, "words"),
    ],
)
def test_what_must_be_mended_is_not_published(
    attorney, attorney_client, make_post, fields, sentence
):
    post = make_post(**fields)
    with pytest.raises(ValidationError, match=sentence):
        publishing.publish(post, by=attorney, reason="Let it stand.")
    assert sentence in page(attorney_client, f"{LIST}{post.pk}/publish/")
    attorney_client.post(f"{LIST}{post.pk}/publish/", {"reason": "Go", "seen": ""})
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    "path, public",
    [
        ("/", True),
        ("/posts/", True),
        ("/posts/live/", True),
        ("/posts/a-title/", True),
        ("/posts/topics/asylum/", True),
        ("http://127.0.0.1:8000/posts/live/?a=b#c", True),
        ("/feed/", True),
        ("/posts/draft/", False),
        ("/posts/topics/secret/", False),
        ("http://127.0.0.1:8000/posts/draft/", False),
        ("/admin/", False),
        ("/posts/live", False),
        ("/offices/nowhere/", False),
        ("https://elsewhere.example/posts/draft/", True),
        ("mailto:someone@example.com", True),
    ],
)
def test_a_link_must_lead_to_what_readers_can_open(make_post, publish, path, public):
    publish("Live", topics=["Asylum"])
    make_post("Draft", topics=["Secret"])
    post = make_post(body=f'<p><a href="{path}">A page</a></p>')
    assert (publishing.problems(post) == []) is public


def test_nothing_is_approved_for_an_unfinished_firm(attorney, make_post, publish):
    Firm.objects.update(name="")
    with pytest.raises(ValidationError, match="firm's record is unfinished"):
        publishing.publish(make_post(), by=attorney)
    # Samples, which nobody approves, show the site before it is filled in.
    assert publish("Sample")


def test_a_warning_is_passed_with_a_reason_that_is_kept(attorney_client, make_post):
    post = make_post(body=CLAIM)
    assert "say why in a few words" in approve(attorney_client, post).content.decode()
    assert not Edition.objects.exists()
    approve(attorney_client, post, reason="It quotes the court.")
    edition = Edition.objects.get()
    assert edition.override_reason == "It quotes the court."
    assert [warning["excerpt"] for warning in edition.warnings] == ["We are the best."]
    with pytest.raises(FrozenEdition):
        Edition.objects.update(override_reason="Other")
    assert "It quotes the court." in page(attorney_client, f"{LIST}{post.pk}/change/")


def test_the_form_shows_what_the_checks_find(staff_client, make_post):
    post = make_post(body=CLAIM)
    shown = page(staff_client, f"{LIST}{post.pk}/change/")
    assert "may read as a promise" in shown and "Paragraph 1." in shown
    assert f"{LIST}{post.pk}/preview/#:~:text=We%20are%20the%20best." in shown


def test_the_attorney_sees_what_changes(attorney_client, publish):
    post = publish(body="<p>File within one year of arrival.</p>").post
    Post.objects.update(title="New", body="<p>File within two years of arrival.</p>")
    shown = page(attorney_client, f"{LIST}{post.pk}/publish/")
    assert "<del>A title</del> <ins>New</ins>" in shown
    assert "<del" in shown and "two years" in shown and "one year" in shown


def test_an_article_is_returned_with_a_note_and_handed_over_again(
    client, staff, attorney, make_post, post_form
):
    post = make_post(submitted_at=NOON)
    client.force_login(attorney)
    address = f"{LIST}{post.pk}/return/"
    assert "Say in a few words" in client.post(address, {"note": " "}).content.decode()
    client.post(address, {"note": "Name the form."})
    client.force_login(staff)
    assert "Returned: Name the form." in page(client, LIST)
    assert "Name the form." in page(client, "/admin/")
    assert "Name the form." in page(client, f"{LIST}{post.pk}/change/")
    post.refresh_from_db()
    client.post(f"{LIST}{post.pk}/change/", post_form(post, _submit="1"))
    post.refresh_from_db()
    assert (post.state(), post.returned_note) == ("Waiting for approval", "")
    client.force_login(attorney)
    assert f"{LIST}{post.pk}/publish/" in page(client, "/admin/")


def test_only_what_waits_is_returned(attorney_client, make_post):
    post = make_post()
    answer = attorney_client.post(
        f"{LIST}{post.pk}/return/", {"note": "A"}, follow=True
    )
    assert "does not wait for approval any more" in answer.content.decode()
    assert Post.objects.get().returned_note == ""


@pytest.mark.parametrize("name", ["return", "reviewed"])
def test_staff_neither_return_nor_review(staff_client, publish, name):
    post = publish().post
    answer = staff_client.post(f"{LIST}{post.pk}/{name}/", {"note": "A"})
    assert answer.status_code == 403
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}{{post}}/return/",
        f"{LIST}{{post}}/reviewed/",
        f"{LIST}needs-review/",
        "/admin/posts/topic/{topic}/merge/",
    ],
)
def test_strangers_are_asked_to_sign_in(client, publish, address):
    post = publish(topics=["Asylum"]).post
    address = address.format(post=post.pk, topic=Topic.objects.get().pk)
    for answer in (client.get(address), client.post(address)):
        assert answer.url.startswith("/admin/login/")


def review(client, edition):
    address = f"{LIST}{edition.post_id}/reviewed/"
    return client.post(address, {"edition": edition.pk, "queue": ""}, follow=True)


def test_one_press_says_reviewed_and_still_right(attorney_client, publish, clock):
    edition = publish(law_as_of=date(2018, 8, 27), published_on=date(2018, 8, 28))
    notice = "has not been reviewed since"
    assert notice in page(attorney_client, "/posts/a-title/")
    answer = review(attorney_client, edition).content.decode()
    assert "Next review: November 24, 2027." in answer
    for address in ("/posts/a-title/", "/feed/"):
        assert notice not in page(attorney_client, address)
    shown = page(attorney_client, "/posts/a-title/")
    assert 'Reviewed on <time datetime="2026-11-24">' in shown
    again = Edition.objects.get()
    assert (again.modified_at, again.digest) == (edition.modified_at, edition.digest)
    assert edition.post.state() == "Live"
    clock.move_to(NOON.replace(year=2027))
    shown = page(attorney_client, "/posts/a-title/")
    assert 'was last reviewed on <time datetime="2026-11-24">' in shown


def test_a_review_is_of_the_words_that_were_read(attorney_client, publish, clock):
    edition = publish(law_as_of=date(2018, 8, 27))
    clock.shift(timedelta(hours=1))
    publishing.publish(edition.post, by=None)
    answer = review(attorney_client, edition).content.decode()
    assert "changed on the site" in answer and not Review.objects.exists()


def test_a_review_lasts_over_a_typing_error_and_no_longer(
    attorney_client, publish, clock
):
    edition = publish(law_as_of=date(2018, 8, 27))
    review(attorney_client, edition)
    for substantive, overdue in ((False, False), (True, True)):
        clock.shift(timedelta(hours=1))
        publishing.publish(edition.post, by=None, substantive=substantive)
        (live,) = Edition.objects.live().with_reviews()
        assert live.review_is_overdue is overdue
        assert Edition.objects.live().overdue().exists() is overdue


def test_the_queue_has_the_oldest_law_first_then_the_most_linked_to(publish):
    for title, day in (("B", 27), ("A", 27), ("Older", 26)):
        publish(title, law_as_of=date(2018, 8, day))
    publish("Links", body='<p><a href="/posts/a/">Read A</a></p>')
    assert [(e.title, e.links_here) for e in due()] == [
        ("Older", 0),
        ("A", 1),
        ("B", 0),
    ]


@pytest.mark.parametrize(
    "fields, is_due",
    [
        ({"law_as_of": date(2025, 11, 25)}, False),
        ({"law_as_of": date(2025, 11, 24)}, True),
        ({"law_as_of": date(2018, 8, 27), "review_by": date(2026, 11, 25)}, False),
        ({"law_as_of": date(2026, 11, 1), "review_by": date(2026, 11, 24)}, True),
    ],
)
def test_the_queue_and_the_readers_notice_agree(publish, fields, is_due):
    edition = publish(**fields)
    assert edition.review_is_overdue is is_due
    assert Edition.objects.live().overdue().exists() is is_due


def test_a_newer_article_is_named_while_it_is_live(client, publish):
    newer = publish("The newer one").post
    publish("Older", superseded_by=newer)
    for address in ("/posts/older/", "/feed/"):
        assert "There is a newer article on this" in page(client, address)
    publishing.withdraw(newer, by=None)
    for address in ("/posts/older/", "/feed/"):
        assert "There is a newer article on this" not in page(client, address)


def test_an_article_does_not_supersede_itself(make_post):
    first = make_post("First")
    first.superseded_by = make_post("Second", superseded_by=first)
    with pytest.raises(ValidationError, match="leads back to the article itself"):
        first.clean()


def test_pasted_pictures_are_left_out_with_a_sentence(staff_client, post_form):
    picture = '<p>Kept.</p><img src="data:image/png;base64,' + "A" * 170_000 + '">'
    answer = staff_client.post(
        f"{LIST}add/", post_form(body=picture * 30, _continue="1"), follow=True
    )
    assert "30 pictures in the pasted text could not be kept" in answer.content.decode()
    assert Post.objects.get().body.count("Kept.") == 30
    assert "data:" not in Post.objects.get().body


# The month on the front page.


def test_the_month_shows_what_comes_and_goes_in_new_york_time(publish):
    late = datetime(2026, 11, 30, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    post = publish("Late", at=late).post
    publishing.withdraw(post, by=None, at=late + timedelta(hours=1))
    shown = [
        (day, [event.words for event in events])
        for month in (date(2026, 11, 1), date(2026, 12, 1))
        for week in month_calendar(month)["weeks"]
        for day, _, events in week
        if events
    ]
    assert shown == [
        (date(2026, 11, 30), ["goes live"]),
        (date(2026, 12, 1), ["is withdrawn"]),
    ]


def test_a_replacement_is_one_event_and_called_off_is_none(publish):
    post = publish("First").post
    publish(post, at=NOON + timedelta(hours=1))
    words = _words(date(2026, 11, 1))
    assert words == ["goes live", "update goes live"]
    publishing.call_off(post, by=None)
    assert _words(date(2026, 11, 1)) == ["goes live"]


def _words(month):
    weeks = month_calendar(month)["weeks"]
    return [e.words for week in weeks for _, _, events in week for e in events]


@pytest.mark.parametrize(
    "text, first",
    [
        ("2026-12", date(2026, 12, 1)),
        ("", date(2026, 11, 1)),
        (None, date(2026, 11, 1)),
        ("0001-01", date(2026, 11, 1)),
        ("9999-12", date(2026, 11, 1)),
        ("nonsense", date(2026, 11, 1)),
    ],
)
def test_any_month_in_the_address_is_a_month(text, first):
    assert month_from(text) == first


def test_staff_see_their_own_drafts(staff_client, staff, make_post):
    make_post("Mine", updated_by=staff)
    make_post("Not mine")
    front = page(staff_client, "/admin/")
    assert "Your drafts" in front and "Mine" in front and "Not mine" not in front


# Topics, one and many at once.


@pytest.fixture
def two_topics(publish, make_post):
    publish("Both", topics=["Asylum", "Refugees"])
    publish("One", topics=["Asylum"])
    return [Topic.objects.get(name=name) for name in ("Asylum", "Refugees")]


def test_a_merged_topics_articles_and_address_move(attorney_client, two_topics):
    old, kept = two_topics
    attorney_client.post(f"/admin/posts/topic/{old.pk}/merge/", {"into": kept.pk})
    for edition in Edition.objects.all():
        assert "Asylum" in edition.topic_names
        assert publishing.digest_of(edition) == edition.digest
    listed = page(attorney_client, "/posts/topics/refugees/")
    assert "Both" in listed and "One" in listed
    assert [post.state() for post in Post.objects.all()] == ["Live", "Live"]
    for was, now in (
        ("/posts/topics/asylum/", "/posts/topics/refugees/"),
        ("/feed/asylum/", "/feed/refugees/"),
        ("/feed/asylum/rss/", "/feed/refugees/rss/"),
    ):
        answer = attorney_client.get(was)
        assert answer.status_code == 301 and answer.url.endswith(now)


def test_topics_merged_twice_still_lead_on(client, two_topics, publish):
    from posts.topics import merge

    old, kept = two_topics
    publish("Third", topics=["Humanitarian"])
    last = Topic.objects.get(name="Humanitarian")
    merge(old, into=kept)
    merge(kept, into=last)
    assert client.get("/posts/topics/asylum/").url == "/posts/topics/humanitarian/"
    assert FormerTopic.objects.count() == 2
    for edition in list(Edition.objects.live()):
        publishing.withdraw(edition.post, by=None)
    assert client.get("/posts/topics/asylum/").status_code == 404


def test_a_topic_is_not_merged_into_nothing_or_itself(attorney_client, two_topics):
    old, _ = two_topics
    for into in ("", old.pk, 999_999):
        attorney_client.post(f"/admin/posts/topic/{old.pk}/merge/", {"into": into})
    assert Topic.objects.count() == 2


def test_staff_do_not_merge_topics(staff_client, two_topics):
    old, kept = two_topics
    answer = staff_client.post(f"/admin/posts/topic/{old.pk}/merge/", {"into": kept.pk})
    assert answer.status_code == 403 and Topic.objects.count() == 2


@pytest.mark.parametrize(
    "action, field, changed",
    [
        ("add_topic", "topic", lambda post, value: value in post.topics.all()),
        ("remove_topic", "topic", lambda post, value: value not in post.topics.all()),
        ("set_author", "author", lambda post, value: post.author == value),
        (
            "set_review_by",
            "review_by",
            lambda post, _: str(post.review_by)[:4] == "2027",
        ),
    ],
)
def test_many_articles_are_changed_after_a_plain_confirmation(
    staff_client, finished_firm, publish, make_post, action, field, changed
):
    posts = [publish("One").post, make_post("Two")]
    topic = Topic.objects.create(name="Asylum", slug="asylum")
    values = {
        "topic": topic,
        "author": Firm.objects.the_firm().responsible_attorney,
        "review_by": date(2027, 1, 4),
    }
    if action == "remove_topic":
        for post in posts:
            post.topics.add(topic)
    value = values[field]
    sent = {"action": action, "_selected_action": [post.pk for post in posts]}
    asked = staff_client.post(LIST, sent).content.decode()
    assert "This changes the working copy of 2 articles" in asked
    sent |= {"confirmed": "1", field: getattr(value, "pk", value)}
    answer = staff_client.post(LIST, sent, follow=True).content.decode()
    assert "2 articles changed." in answer
    assert all(changed(post, value) for post in Post.objects.all())
    edition = Edition.objects.get()
    assert (edition.author, edition.review_by, edition.topics.count()) == (
        None,
        None,
        0,
    )
