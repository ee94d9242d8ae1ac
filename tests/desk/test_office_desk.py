"""Staff keep the offices right: switches, closures, history, undo, two browsers."""

import io
from datetime import date, time

import pytest
import reversion
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from helpers.offices import LIST, change_form, history, put_back, tap
from PIL import Image
from reversion.models import Version

from offices.desk.staff import refuse_claims
from offices.models import Attorney, Closure, Office, OfficeHours

pytestmark = pytest.mark.usefixtures("morning")


def test_one_tap_is_saved_and_seen_by_the_next_visitor(staff_client, fort_lee):
    tap(staff_client, fort_lee, "appointment")
    page = staff_client.get("/offices/fort-lee/").content.decode()
    assert "By appointment only" in page.partition("</main>")[0]


@pytest.mark.slow
def test_closed_today_is_one_tap_with_a_reason_in_every_language(
    staff_client, fort_lee
):
    tap(staff_client, fort_lee, "close", cause="because I say so")
    assert not Closure.objects.exists()
    tap(staff_client, fort_lee, "close", cause="weather")
    assert "Closed because of the weather" in staff_client.get("/").content.decode()
    assert "Cerrada por mal tiempo" in staff_client.get("/es/").content.decode()
    fort_lee.refresh_from_db()
    tap(staff_client, fort_lee, "open")
    assert "weather" not in staff_client.get("/").content.decode()
    fort_lee.refresh_from_db()
    tap(staff_client, fort_lee, "close")
    assert Closure.objects.get().cause == "other"


def test_words_that_a_language_lacks_are_not_told_in_another(client, fort_lee):
    today = date(2026, 11, 24)
    fort_lee.own_closures.create(
        first_day=today, last_day=today, cause="weather", reason="snow"
    )
    assert "Closed for snow" in client.get("/offices/fort-lee/").content.decode()
    page = client.get("/es/offices/fort-lee/").content.decode()
    assert "snow" not in page and "Cerrada por mal tiempo" in page


@pytest.mark.slow
@pytest.mark.parametrize("name", ["parking", "parking_es"])
def test_staff_print_no_claims_in_an_offices_notes(
    staff_client, fort_lee, attorney, name
):
    form = change_form(staff_client, fort_lee) | {name: "We won the best results."}
    address = f"{LIST}{fort_lee.pk}/change/"
    page = staff_client.post(address, form).content.decode()
    assert "“won” may read as a promise or a comparison." in page
    staff_client.force_login(attorney)
    form = change_form(staff_client, fort_lee) | {name: "We won the best results."}
    assert staff_client.post(address, form).status_code == 302


@pytest.mark.slow
def test_staff_print_no_claims_as_a_reason(staff_client, fort_lee):
    closure = {**CLOSURE, "cause": "other", "reason": "our guaranteed success"}
    address = "/admin/offices/closure/add/"
    page = staff_client.post(address, {**closure, "office": fort_lee.pk})
    assert "“guaranteed” may read as a promise" in page.content.decode()
    form = change_form(staff_client, fort_lee)
    form |= {f"own_closures-0-{name}": value for name, value in closure.items()}
    form["own_closures-TOTAL_FORMS"] = "1"
    page = staff_client.post(f"{LIST}{fort_lee.pk}/change/", form)
    assert "“guaranteed” may read as a promise" in page.content.decode()
    assert not Closure.objects.exists()


def test_an_offices_name_and_place_are_the_attorneys(staff_client, fort_lee):
    form = change_form(staff_client, fort_lee)
    form |= {"name": "The Best Office", "slug": "best", "street": "1 Elsewhere"}
    answer = staff_client.post(f"{LIST}{fort_lee.pk}/change/", form)
    assert answer.status_code == 302
    office = Office.objects.get(pk=fort_lee.pk)
    assert (office.name, office.slug) == ("Fort Lee", "fort-lee")
    assert office.street == "2125 Center Ave"


@pytest.mark.slow
def test_closed_today_closes_a_day_of_special_hours(staff_client, fort_lee):
    today = date(2026, 11, 24)
    hours = {"opens": "10:00", "closes": "16:00", "reason": "training"}
    fort_lee.own_closures.create(first_day=today, last_day=today, **hours)
    tap(staff_client, fort_lee, "close", cause="weather")
    page = staff_client.get("/offices/fort-lee/").content.decode()
    assert "Closed because of the weather" in page and "Open now" not in page


@pytest.mark.slow
def test_there_is_always_one_principal_office(attorney_client, fort_lee):
    new_york = Office.objects.get(slug="new-york")
    address = f"{LIST}{{}}/change/"
    form = change_form(attorney_client, fort_lee)
    del form["is_principal"]
    page = attorney_client.post(address.format(fort_lee.pk), form)
    assert "There has to be" in page.context["errors"][0][0]
    form = change_form(attorney_client, new_york)
    form["is_principal"] = "on"
    page = attorney_client.post(address.format(new_york.pk), form)
    errors = page.context["adminform"].form.errors["is_principal"]
    assert errors == ["Another office is the principal one. There can be only one."]
    tap(attorney_client, new_york, "principal")
    assert list(Office.objects.filter(is_principal=True)) == [new_york]
    assert history(attorney_client, fort_lee)[0].lines == ["Principal office: on → off"]


def test_staff_do_not_move_the_principal_office(staff_client, fort_lee):
    new_york = Office.objects.get(slug="new-york")
    assert tap(staff_client, new_york, "principal").status_code == 403
    assert Office.objects.get(is_principal=True) == fort_lee


@pytest.mark.parametrize("route", ["switch", "undo/1"])
def test_switches_and_undo_need_the_right_and_a_post(client, staff, fort_lee, route):
    address = f"{LIST}{fort_lee.pk}/{route}/"
    assert client.post(address).status_code == 302
    staff.groups.clear()
    client.force_login(staff)
    assert client.post(address).status_code == 403
    assert client.get(address).url == "/admin/"


@pytest.mark.slow
def test_only_ticked_holidays_are_stored(staff_client):
    address = reverse("admin:offices_closure_suggest")
    page = staff_client.get(address).content.decode()
    assert "Thursday, November 26, 2026: Thanksgiving" in page
    assert "2027: Independence Day" in page
    assert not Closure.objects.exists()
    staff_client.post(address, {"days": ["2026-11-26", "2027-01-01"]})
    days = Closure.objects.values_list("first_day", "office")
    assert list(days) == [(date(2026, 11, 26), None), (date(2027, 1, 1), None)]
    assert "Thursday, November 26" not in staff_client.get(address).content.decode()


CLOSURE = {
    **{"first_day": "2026-12-24", "last_day": "2026-12-24"},
    **{"cause": "other", "reason": "holidays"},
}


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"last_day": "2026-12-23"}, "The last day is before the first."),
        ({"opens": "09:00"}, "Give both times"),
        ({"opens": "12:00", "closes": "09:00"}, "Give both times"),
        ({"opens": "24:00", "closes": "25:00"}, "Give hours and minutes, like 09:30."),
        ({"cause": ""}, "This field is required."),
    ],
)
def test_a_wrong_closure_is_refused_with_a_sentence(staff_client, fields, sentence):
    page = staff_client.post("/admin/offices/closure/add/", {**CLOSURE, **fields})
    assert sentence in page.content.decode()
    assert not Closure.objects.exists()


@pytest.mark.slow
def test_an_office_in_use_is_not_deleted(attorney_client, fort_lee):
    address = f"{LIST}{fort_lee.pk}/delete/"
    page = attorney_client.post(address, {"post": "yes"}, follow=True)
    assert "Fort Lee is the principal office" in page.content.decode()
    new_york = Office.objects.get(slug="new-york")
    new_york.hours.create(weekday=0, opens="09:00", closes="17:00")
    address = f"{LIST}{new_york.pk}/delete/"
    page = attorney_client.post(address, {"post": "yes"}, follow=True)
    assert "New York still has hours or closures" in page.content.decode()
    assert Office.objects.count() == 2


@pytest.mark.parametrize("model", ["firm", "attorney"])
def test_staff_do_not_touch_the_firm_or_attorneys(staff_client, model):
    assert staff_client.get(f"/admin/offices/{model}/").status_code == 403
    assert staff_client.get(f"/admin/offices/{model}/add/").status_code == 403


def test_the_database_refuses_overlapping_hours_by_any_way(fort_lee):
    fort_lee.hours.create(weekday=0, opens=time(9), closes=time(13))
    fort_lee.hours.create(weekday=0, opens=time(13), closes=time(17))
    with pytest.raises(ValidationError, match="overlaps"):
        fort_lee.hours.create(weekday=0, opens=time(12), closes=time(14))
    twin = OfficeHours(office=fort_lee, weekday=0, opens=time(9), closes=time(10))
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHours.objects.bulk_create([twin])


@pytest.mark.slow
def test_an_attorneys_photograph_is_kept_without_what_it_tells(
    attorney_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "at home"
    Image.new("RGB", (40, 50), "teal").save(picture, "JPEG", exif=exif)
    upload = SimpleUploadedFile("me.jpg", picture.getvalue(), "image/jpeg")
    form = {"name": "The Author", "slug": "the-author", "picture": upload}
    attorney_client.post("/admin/offices/attorney/add/", form)
    page = attorney_client.get("/attorneys/the-author/").content.decode()
    address = Attorney.objects.get(slug="the-author").photograph
    assert f'<img src="{address}" alt="The Author"' in page
    kept = attorney_client.get(address).getvalue()
    assert b"at home" not in kept and Image.open(io.BytesIO(kept)).size == (40, 50)


def test_an_attorneys_photograph_can_be_taken_away(attorney_client):
    row = Attorney.objects.create(
        name="The Author", slug="the-author", photograph="/media/pictures/a.jpg"
    )
    address = f"/admin/offices/attorney/{row.pk}/change/"
    page = attorney_client.get(address).content.decode()
    assert '<img src="/media/pictures/a.jpg" alt="The Author"' in page
    form = {
        "name": row.name,
        "slug": row.slug,
        "no_photograph": "on",
        "version_token": row.updated_at.isoformat(),
    }
    answer = attorney_client.post(address, form, follow=True)
    assert "is saved." in answer.content.decode()
    row.refresh_from_db()
    assert row.photograph == ""
    assert "There is none." in attorney_client.get(address).content.decode()


def wall():
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, "PNG")
    return SimpleUploadedFile("door.png", picture.getvalue(), "image/png")


def test_an_office_shows_a_picture_that_the_attorney_chose_and_described(
    attorney_client, fort_lee, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    address = f"{LIST}{fort_lee.pk}/change/"
    form = change_form(attorney_client, fort_lee) | {"upload": wall()}
    page = attorney_client.post(address, form).content.decode()
    assert "Say in a few words what the picture shows" in page
    words = {"picture_words": "The door.", "picture_words_es": "La puerta."}
    form |= {"upload": wall(), **words}
    assert attorney_client.post(address, form).status_code == 302
    fort_lee.refresh_from_db()
    picture = f'<img src="{fort_lee.picture}" alt="{{}}"'
    page = attorney_client.get("/offices/fort-lee/").content.decode()
    assert picture.format("The door.") in page
    assert f'"image": "http://127.0.0.1:8000{fort_lee.picture}"' in page
    page = attorney_client.get("/es/offices/fort-lee/").content.decode()
    assert picture.format("La puerta.") in page
    assert attorney_client.get(fort_lee.picture).getvalue()
    form = change_form(attorney_client, fort_lee) | {"no_picture": "on"}
    assert attorney_client.post(address, form).status_code == 302
    page = attorney_client.get("/offices/fort-lee/").content.decode()
    assert '<figure class="scene">' not in page and "The door." not in page


def test_a_picture_of_an_office_is_not_for_its_staff_to_choose(
    staff_client, fort_lee, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    form = change_form(staff_client, fort_lee) | {"upload": wall()}
    form |= {"picture_words": "The door.", "picture": "/media/x.jpg"}
    staff_client.post(f"{LIST}{fort_lee.pk}/change/", form)
    fort_lee.refresh_from_db()
    assert fort_lee.picture == ""


def test_what_an_offices_picture_shows_is_the_attorneys_in_every_language(
    staff_client, fort_lee
):
    fort_lee.in_other_languages = {"es": {"picture_words": "La puerta vieja."}}
    fort_lee.picture_words = "The old door."
    with reversion.create_revision():
        fort_lee.save()
    revision = Version.objects.get_for_object(fort_lee).first().revision
    fort_lee.in_other_languages = {"es": {"picture_words": "La puerta."}}
    fort_lee.picture_words = "The door."
    fort_lee.save()
    form = change_form(staff_client, fort_lee)
    form |= {"picture_words_es": "Otra", "parking_es": "Gratis"}
    staff_client.post(f"{LIST}{fort_lee.pk}/change/", form)
    fort_lee.refresh_from_db()
    told = {"picture_words": "La puerta."}
    assert fort_lee.in_other_languages == {"es": {**told, "parking": "Gratis"}}
    put_back(staff_client, fort_lee, revision.pk)
    fort_lee.refresh_from_db()
    assert fort_lee.in_other_languages == {"es": told}
    assert fort_lee.picture_words == "The door."


@pytest.mark.parametrize(
    "words",
    [
        "“The best firm”",
        "b\u200best",
        "b\u00adest",
        "b\u0435st",
        "ｂｅｓｔ",
        "No. 1 law firm",
        "Here we win",
        "garantia total",
        "99% of our clients",
    ],
)
def test_no_disguise_gets_a_claim_past_the_watched_words(words):
    with pytest.raises(ValidationError, match="may read as a promise"):
        refuse_claims(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ring twice; the elevator is on the left.",
        "Estación de tren a 5 minutos. Año nuevo: cerrado.",
        "Bus 158 stops at the corner.",
        "שער צפון",
    ],
)
def test_plain_notes_pass(words):
    refuse_claims(words)
