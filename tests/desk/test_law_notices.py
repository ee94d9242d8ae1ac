""" "This law changed" at the desk: written, read and approved."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from helpers.law_changes import approve, change

from lawblog.desk.locking import version_token
from posts.law import notices
from posts.models import LawChange, LawNotice


@pytest.mark.slow
def test_what_is_not_finished_is_refused(law_pages, attorney):
    for fields, sentence in (
        ({"key": "usc.8.1357.z"}, "nobody would be told"),
        ({"in_other_languages": {}}, "in Spanish, too"),
        ({"sentence": " "}, "in English"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            approve(change(**fields), attorney)
    assert not LawNotice.objects.exists()


@pytest.mark.slow
def test_a_watched_word_needs_a_reason(law_pages, attorney):
    row = change(sentence="We guarantee the best results.")
    with pytest.raises(ValidationError, match="Read what the checks found"):
        approve(row, attorney)
    draft = notices.draft_of(row)
    token = {"version_token": draft.version_token}
    notice = notices.approve(row, by=attorney, reason="Quoted.", **token)
    assert notice.warnings and notice.override_reason == "Quoted."


@pytest.mark.slow
def test_only_what_was_read_is_approved(law_pages, attorney, publish):
    row = change()
    token = notices.draft_of(row).version_token
    publish("One more", body="<p>INA 287(g)</p>")
    with pytest.raises(ValidationError, match="other articles rest on this law"):
        notices.approve(row, by=attorney, version_token=token)


@pytest.mark.slow
def test_a_notice_is_told_once(law_pages, attorney):
    row = change()
    approve(row, attorney)
    with pytest.raises(ValidationError, match="already"):
        approve(row, attorney)


@pytest.mark.slow
def test_staff_write_and_the_attorney_approves(law_pages, staff, staff_client):
    row = change()
    here = f"/admin/posts/lawchange/{row.pk}/pages/"
    page = staff_client.get(here).content.decode()
    assert "The attorney approves it." in page and 'name="approve"' not in page
    token = notices.draft_of(row).version_token
    body = {"approve": "yes", "version_token": token}
    assert staff_client.post(here, body).status_code == 403
    with pytest.raises(PermissionDenied):
        notices.approve(row, by=staff, version_token=token)
    shown = [str(page.post_id) for page in law_pages]
    body = {"shown_page": shown, "page": shown[1:], "narrow": ""}
    staff_client.post(here, {**body, "row_token": version_token(row)})
    assert LawChange.objects.get().spared == [law_pages[0].post_id]


@pytest.mark.slow
def test_a_tick_taken_away_and_approved_at_once_is_read_again(
    law_pages, attorney_client, attorney
):
    row = change()
    shown = [str(page.post_id) for page in law_pages]
    body = {"shown_page": shown, "page": shown[1:], "approve": "yes"}
    body["version_token"] = notices.draft_of(row).version_token
    body["row_token"] = version_token(row)
    here = f"/admin/posts/lawchange/{row.pk}/pages/"
    answer = attorney_client.post(here, body, follow=True).content.decode()
    assert "then approve" in answer and "2 pages" in answer
    assert not LawNotice.objects.exists()


@pytest.mark.slow
def test_a_wrong_section_gets_a_sentence_and_nothing_typed_is_lost(attorney_client):
    form = {
        "day": "2026-11-20",
        "sentence": "It changed.",
        "source": "https://www.uscis.gov/",
    }
    for typed in ("INA 999", "§" * 200, "nothing", "<b>"):
        body = {**form, "authority": typed}
        answer = attorney_client.post("/admin/posts/lawchange/add/", body)
        page = answer.content.decode()
        assert "is no authority that we know" in page and "It changed." in page, typed
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
def test_what_readers_are_told_is_not_reworded(law_pages, attorney, attorney_client):
    row = change()
    approve(row, attorney)
    address = f"/admin/posts/lawchange/{row.pk}"
    body = {"sentence": "Other words.", "authority": "I-130", "day": "2026-01-01"}
    assert attorney_client.post(f"{address}/change/", body).status_code == 403
    assert (
        attorney_client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    )


def test_another_law_is_not_narrowed_as_the_one_before(law_pages, attorney_client):
    row = change(unchanged=["usc.8.1357.g.1"], spared=[law_pages[0].post_id])
    address = f"/admin/posts/lawchange/{row.pk}/change/"
    shown = attorney_client.get(address).content.decode()
    form = {
        "day": "2026-11-20",
        "sentence": "It changed.",
        "sentence_es": "Cambió.",
        "source": "https://www.uscis.gov/",
        "version_token": re.search('name="version_token" value="(.*?)"', shown)[1],
    }
    for authority, spared in (("INA 287 (g)", [law_pages[0].post_id]), ("INA 287", [])):
        attorney_client.post(address, {**form, "authority": authority})
        saved = LawChange.objects.get()
        assert saved.spared == spared and bool(saved.unchanged) is bool(spared)
        page = attorney_client.get(address).content.decode()
        form["version_token"] = re.search('name="version_token" value="(.*?)"', page)[1]


@pytest.mark.slow
def test_the_preview_shows_a_page_as_readers_will_see_it(
    law_pages, attorney_client, client
):
    row = change()
    page = f"/admin/posts/lawchange/{row.pk}/preview/{law_pages[-1].post_id}/"
    shown = attorney_client.get(page).content.decode()
    assert "Los acuerdos son más amplios." in shown and "noindex" in shown
    missing = f"/admin/posts/lawchange/{row.pk}/preview/99999/"
    assert attorney_client.get(missing).status_code == 404


@pytest.mark.slow
def test_the_desk_finds_a_law_in_any_spelling(law_pages, attorney_client):
    law = "/admin/posts/lawchange/law/"
    page = attorney_client.get(law).content.decode()
    assert "INA 287(g) = 8 USC 1357(g)" in page
    for spelled in ("287g", "ina 287(g)", "8 U.S.C. § 1357(g)", "usc.8.1357.g"):
        answer = attorney_client.get(law, {"q": spelled}, follow=True)
        shown = answer.content.decode()
        places = [shown.index(f">{page.title}<") for page in law_pages]
        assert places == sorted(places)
    shown = attorney_client.get(law, {"q": "INA 999"}).content.decode()
    assert "is no authority that we know" in shown


@pytest.mark.slow
def test_the_list_says_how_each_stands_in_as_many_queries_for_many(
    law_pages, attorney, attorney_client, clock
):
    def looked_at():
        with CaptureQueriesContext(connection) as queries:
            text = attorney_client.get("/admin/posts/lawchange/").content.decode()
        found = re.findall(r"field-state[^>]*>([^<]*)<", text)
        return len(queries), [words.partition(" for ")[0] for words in found]

    again = change()
    notices.undo(approve(again, attorney), by=attorney)
    looked_at()
    few, stand = looked_at()
    assert stand == ["Undone"]
    approve(again, attorney)
    approve(change(day=date(2027, 1, 4)), attorney)
    change(day=date(2027, 2, 1))
    assert looked_at() == (few, ["Draft", "Scheduled", "Readers are told"])
