"""What each edition rests on: noted when it is published, by hand, and anew."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts import publishing
from posts.law import affected, articles_by_law, index
from posts.models import (
    AuthorityChoice,
    AuthorityCount,
    AuthorityIndex,
    Edition,
    EditionAuthority,
    Post,
)
from posts.search import post_ids
from posts.search.index import backend

BODY = (
    "<p>See INA § 212(a)(9)<em>(B)</em>, Form I&#8209;601A and <b>8 CFR</b> 214.2.</p>"
)


def keys(edition, *, named=True):
    rows = EditionAuthority.objects.filter(edition=edition, is_named=named)
    return set(rows.values_list("key", flat=True))


def test_an_edition_rests_on_what_its_title_summary_and_text_name(publish):
    edition = publish("The I-130", summary="Matter of Dhanasar.", body=BODY)
    assert keys(edition) == {
        "form.I-130",
        "ia.26.884",
        "usc.8.1182.a.9.B",
        "form.I-601A",
        "cfr.8.214.2",
    }
    above = {"usc.8.1182", "usc.8.1182.a", "usc.8.1182.a.9", "cfr.8.214"}
    assert keys(edition, named=False) == above


def test_it_is_of_the_transaction_that_publishes(make_post, monkeypatch):
    def fail(editions):
        raise RuntimeError

    monkeypatch.setattr("posts.search.index.add", fail)
    with pytest.raises(RuntimeError):
        publishing.publish(make_post(body=BODY), by=None)
    assert not EditionAuthority.objects.exists()
    assert not AuthorityCount.objects.exists()


def test_live_articles_come_oldest_law_first_and_no_others(publish, make_post):
    publish("Newer", body=BODY, law_as_of="2026-05-01")
    publish("Older", body=BODY, law_as_of="2024-05-01", language="es")
    make_post("Draft", body=BODY)
    publish("To come", body=BODY, at=timezone.now() + timedelta(days=1))
    publishing.withdraw(publish("Gone", body=BODY).post, by=None)
    for key in ("usc.8.1182.a.9.B", "usc.8.1182", "form.I-601A"):
        found = [edition.title for edition in articles_by_law.resting_on(key)]
        assert found == ["Older", "Newer"]
    assert dict(articles_by_law.most_used())["usc.8.1182"] == 2
    assert dict(articles_by_law.most_used("form")) == {"form.I-601A": 2}
    (used,) = articles_by_law.with_oldest([("usc.8.1182", 2)])
    assert [row[0] for row in used.oldest] == ["Older", "Newer"]


def test_what_ends_later_is_counted_until_then_and_what_comes_is_not(publish):
    post = publish(body=BODY).post
    publishing.publish(post, by=None, at=timezone.now() + timedelta(days=1))
    assert dict(articles_by_law.most_used("form")) == {"form.I-601A": 1}


def test_who_cites_the_whole_names_nothing_within(publish):
    publish("Whole", body="<p>INA 212</p>")
    publish("Both", body="<p>INA 212 and INA 212(h)</p>")
    found = articles_by_law.citing_whole("usc.8.1182.h")
    assert [edition.title for edition in found] == ["Whole"]


def test_a_section_whose_number_begins_alike_is_another(publish):
    publish("A", body="<p>8 USC 1182a and 8 USC 1182(h)</p>")
    assert not articles_by_law.resting_on("usc.8.1182.a").exists()
    assert articles_by_law.resting_on("usc.8.1182").count() == 1


def test_counts_follow_each_publication_and_withdrawal(publish, make_post):
    post = publish("One", body=BODY).post
    publish("Two", body=BODY)
    Post.objects.filter(pk=post.pk).update(body="<p>Form I-90.</p>")
    publishing.publish(Post.objects.get(pk=post.pk), by=None)
    numbers = dict(AuthorityCount.objects.values_list("key", "count"))
    assert numbers["form.I-601A"] == 1 and numbers["form.I-90"] == 1
    publishing.withdraw(post, by=None)
    kept = {k: n for k, n in AuthorityCount.objects.values_list("key", "count") if n}
    index.rebuild()
    assert kept == dict(AuthorityCount.objects.values_list("key", "count"))
    assert "form.I-90" not in kept


def test_the_command_makes_it_anew(publish):
    edition = publish(body=BODY)
    before = keys(edition)
    EditionAuthority.objects.all().delete()
    told = io.StringIO()
    call_command("rebuild_law", stdout=told)
    assert told.getvalue() == "1 edition read.\n"
    assert keys(edition) == before


def test_setup_makes_it_anew_for_another_grammar(set_up, publish, monkeypatch):
    edition = publish(body=BODY)
    EditionAuthority.objects.all().delete()
    call_command("setup", stdout=io.StringIO())
    assert not keys(edition)
    other = publish("Another", body=BODY)
    with connection.cursor() as cursor:
        cursor.execute(f"{backend().DELETE} (%s)", [edition.pk])
    AuthorityIndex.objects.update(grammar=0)
    call_command("setup", stdout=io.StringIO())
    assert keys(edition)
    # Search reads citations by the same grammar.
    assert set(post_ids("INA 212(a)(9)(B)", 5)) == {edition.post_id, other.post_id}


def test_what_the_attorney_adds_or_strikes_outlives_editions_and_grammars(publish):
    post = publish(body=BODY).post
    AuthorityChoice.objects.create(post=post, key="form.I-601A", is_struck=True)
    AuthorityChoice.objects.create(post=post, key="form.I-90", is_struck=False)
    for make in (index.rebuild, lambda: publishing.publish(post, by=None)):
        make()
        live = Edition.objects.live().get(post=post)
        assert "form.I-601A" not in keys(live) and "form.I-90" in keys(live)


def test_noting_costs_the_same_queries_for_one_key_and_for_many(
    make_post, django_assert_num_queries
):
    many = ", ".join(f"INA 212(a)({n})" for n in range(1, 40))
    costs = []
    for title, text in (("Few", "Form I-90"), ("Many", many)):
        post = make_post(title, body=f"<p>{text}</p>")
        with CaptureQueriesContext(
            connection,
        ) as found:
            publishing.publish(post, by=None)
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_a_page_that_nothing_changed_for_asks_no_more(
    publish, client, django_assert_num_queries
):
    editions = [publish(f"Title {n}", body=BODY) for n in range(3)]
    affected.notices_in_force()
    with django_assert_num_queries(1):
        affected.attach_notices(editions)
