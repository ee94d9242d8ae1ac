"""Changes of an office are kept and can be undone; two browsers overwrite nothing."""

from datetime import date

import pytest
import reversion
from django.urls import reverse
from helpers.offices import LIST, change_form, history, put_back, tap
from reversion.models import Version

from offices.models import Firm, Office, OfficeHours

pytestmark = pytest.mark.usefixtures("morning")


@pytest.mark.slow
def test_a_tap_on_a_stale_card_changes_nothing_and_says_who_did(
    staff_client, attorney, fort_lee, client
):
    tap(staff_client, fort_lee, "appointment")
    page = tap(staff_client, fort_lee, "appointment").content.decode()
    assert "Fort Lee was changed by Sam Example" in page
    assert Office.objects.get(slug="fort-lee").appointment_only is True


@pytest.mark.slow
def test_two_forms_of_one_office_do_not_overwrite_each_other(staff_client, fort_lee):
    first, second = (change_form(staff_client, fort_lee) for _ in range(2))
    address = f"{LIST}{fort_lee.pk}/change/"
    staff_client.post(address, {**first, "phone": "(201) 555-0101"})
    page = staff_client.post(address, {**second, "phone": "(201) 555-0202"})
    assert "was changed by Sam Example" in page.content.decode()
    assert Office.objects.get(slug="fort-lee").phone == "(201) 555-0101"
    assert "(201) 555-0202" in page.content.decode()


@pytest.mark.slow
def test_changed_hours_count_as_a_change_of_the_office(staff_client, fort_lee):
    first, second = (change_form(staff_client, fort_lee) for _ in range(2))
    lines = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-days": "0"}
    lines |= {"form-0-opens": "09:00", "form-0-closes": "17:00"}
    token = {"version_token": first["version_token"]}
    hours = staff_client.post(f"{LIST}{fort_lee.pk}/hours/", {**lines, **token})
    assert hours.status_code == 302
    address = f"{LIST}{fort_lee.pk}/change/"
    page = staff_client.post(address, {**second, "phone": "(201) 555-0202"})
    assert "was changed by Sam Example" in page.content.decode()


@pytest.mark.slow
def test_two_lists_do_not_overwrite_each_other(staff_client, fort_lee):
    page = staff_client.get(LIST)
    formset = page.context["cl"].formset
    data = {
        field.html_name: field.value()
        for form in (formset.management_form, *formset.forms)
        for field in form
        if field.value() is not None and field.value() is not False
    }
    data["_save"] = "Save"
    staff_client.post(LIST, {**data, "form-0-appointment_only": "on"})
    page = staff_client.post(LIST, {**data, "form-1-receives_mail": "on"})
    assert "Fort Lee was changed by Sam Example" in page.content.decode()
    assert Office.objects.get(slug="fort-lee").appointment_only is True
    assert Office.objects.get(slug="new-york").receives_mail is False


@pytest.mark.slow
def test_every_change_is_kept_with_who_and_what(staff_client, fort_lee):
    tap(staff_client, fort_lee, "appointment")
    fort_lee.refresh_from_db()
    tap(staff_client, fort_lee, "close", cause="weather")
    latest, earlier, first = history(staff_client, fort_lee)
    assert earlier.lines == ["By appointment only: off → on"]
    assert latest.lines == [
        "Closures: nothing → November 24, 2026: Closed because of the weather"
    ]
    assert (latest.by, first.by) == ("Sam Example", "set-up")


@pytest.mark.slow
def test_a_closure_of_its_own_page_is_its_authors_change(
    staff_client, attorney, fort_lee
):
    days = {"first_day": "2026-12-24", "last_day": "2026-12-24"}
    days |= {"cause": "moving", "reason": ""}
    address = reverse("admin:offices_closure_add")
    staff_client.post(address, {**days, "office": fort_lee.pk})
    latest, _ = history(staff_client, fort_lee)
    assert latest.by == "Sam Example" and "Closed while we move" in latest.lines[0]
    closure = fort_lee.own_closures.get()
    new_york = Office.objects.get(slug="new-york")
    address = reverse("admin:offices_closure_change", args=[closure.pk])
    seen = {
        "version_token": staff_client.get(address)
        .context["adminform"]
        .form.initial["version_token"]
    }
    staff_client.post(address, {**days, **seen, "office": new_york.pk})
    assert history(staff_client, fort_lee)[0].lines[0].endswith("→ nothing")
    assert "Closed while we move" in history(staff_client, new_york)[0].lines[0]
    delete = reverse("admin:offices_closure_delete", args=[closure.pk])
    staff_client.force_login(attorney)
    token = staff_client.get(delete).context["version_token"]
    staff_client.post(delete, {"post": "yes", "version_token": token})
    latest, *_ = history(staff_client, new_york)
    assert latest.by == "Anna Example" and latest.lines[0].endswith("→ nothing")


@pytest.mark.slow
def test_a_change_can_be_undone_and_that_is_kept_too(staff_client, fort_lee):
    fort_lee.hours.create(weekday=0, opens="09:00", closes="17:00")
    form = change_form(staff_client, fort_lee)
    address = f"{LIST}{fort_lee.pk}/change/"
    staff_client.post(address, {**form, "phone": "(201) 555-0101"})
    form = change_form(staff_client, fort_lee)
    staff_client.post(address, {**form, "fax": ""})
    OfficeHours.objects.all().delete()
    latest = history(staff_client, fort_lee)[0]
    put_back(staff_client, fort_lee, latest.before.pk)
    fort_lee.refresh_from_db()
    assert (fort_lee.phone, fort_lee.fax) == ("(201) 555-0101", "(201) 479-1162")
    assert OfficeHours.objects.count() == 1
    assert "Fax: nothing → (201) 479-1162" in history(staff_client, fort_lee)[0].lines


@pytest.mark.slow
def test_offices_saved_together_have_each_their_own_history(staff_client, fort_lee):
    new_york = Office.objects.get(slug="new-york")
    page = staff_client.get(LIST)
    formset = page.context["cl"].formset
    data = {
        field.html_name: field.value()
        for form in (formset.management_form, *formset.forms)
        for field in form
        if field.value() is not None and field.value() is not False
    }
    both = {"form-0-appointment_only": "on", "form-1-receives_mail": "on"}
    staff_client.post(LIST, {**data, **both, "_save": "Save"})
    latest, _ = history(staff_client, fort_lee)
    assert latest.lines == ["By appointment only: off → on"]
    (change, first) = history(staff_client, new_york)
    assert change.lines == ["All correspondence goes here: off → on"]
    fort_lee.refresh_from_db()
    tap(staff_client, fort_lee, "appointment")
    put_back(staff_client, new_york, change.before.pk)
    new_york.refresh_from_db()
    fort_lee.refresh_from_db()
    assert (new_york.receives_mail, fort_lee.appointment_only) == (False, False)


@pytest.mark.slow
def test_what_no_longer_fits_is_not_put_back(attorney_client, fort_lee):
    form = change_form(attorney_client, fort_lee)
    attorney_client.post(f"{LIST}{fort_lee.pk}/change/", {**form, "name": "Jersey"})
    Office.objects.filter(slug="new-york").update(name="Fort Lee")
    before = history(attorney_client, fort_lee)[0].before
    page = put_back(attorney_client, fort_lee, before.pk).content.decode()
    assert "could not be put back: Office with this Name already exists." in page
    assert Office.objects.get(pk=fort_lee.pk).name == "Jersey"


@pytest.mark.slow
def test_two_forms_of_the_firm_do_not_overwrite_each_other(attorney_client):
    address = "/admin/offices/firm/1/change/"
    page = attorney_client.get(address)
    form = page.context["adminform"].form
    data = {f.html_name: f.value() or "" for f in form}
    for formset in page.context["inline_admin_formsets"]:
        data |= {f.html_name: f.value() for f in formset.formset.management_form}
    attorney_client.post(address, {**data, "name": "The First"})
    page = attorney_client.post(address, {**data, "name": "The Second"})
    assert "was changed by" in page.content.decode()
    assert Firm.objects.get().name == "The First"


def test_undo_takes_no_revision_but_the_offices_own(staff_client, fort_lee):
    """The firm's row has the number of the office."""
    Firm.objects.all().delete()
    with reversion.create_revision():
        Firm.objects.create(pk=fort_lee.pk, name="The Former Name")
    Firm.objects.update(name="The Present Name")
    revision = Version.objects.get_for_model(Firm).get().revision
    assert put_back(staff_client, fort_lee, revision.pk).status_code == 404
    assert Firm.objects.get().name == "The Present Name"


def test_undo_leaves_alone_what_else_its_revision_holds(staff_client, fort_lee):
    with reversion.create_revision():
        fort_lee.save()
        Firm.objects.get().delete()
        Firm.objects.create(pk=fort_lee.pk, name="The Former Name")
    Firm.objects.update(name="The Present Name")
    revision = Version.objects.get_for_model(Firm).first().revision
    Office.objects.filter(pk=fort_lee.pk).update(phone="(201) 555-0123")
    put_back(staff_client, fort_lee, revision.pk)
    assert Office.objects.get(pk=fort_lee.pk).phone == fort_lee.phone
    assert Firm.objects.get().name == "The Present Name"


def test_undo_does_not_take_a_closure_from_another_office(staff_client, fort_lee):
    new_york = Office.objects.get(slug="new-york")
    day = date(2030, 1, 7)
    closure = fort_lee.own_closures.create(first_day=day, last_day=day, reason="snow")
    with reversion.create_revision():
        fort_lee.save()
    revision = Version.objects.get_for_object(fort_lee).first().revision
    closure.office = new_york
    closure.save()
    put_back(staff_client, fort_lee, revision.pk)
    assert [o.own_closures.count() for o in (fort_lee, new_york)] == [1, 1]


def test_staff_put_back_no_words_that_they_may_not_print(staff_client, fort_lee):
    fort_lee.parking = "The best garage in town"
    with reversion.create_revision():
        fort_lee.save()
    revision = Version.objects.get_for_object(fort_lee).first().revision
    Office.objects.filter(pk=fort_lee.pk).update(parking="", name="Jersey")
    page = put_back(staff_client, fort_lee, revision.pk).content.decode()
    assert "could not be put back: “best” may read as a promise" in page
    assert Office.objects.get(pk=fort_lee.pk).parking == ""


def test_staff_put_an_offices_facts_back_and_not_its_name(staff_client, fort_lee):
    with reversion.create_revision():
        fort_lee.save()
    revision = Version.objects.get_for_object(fort_lee).first().revision
    Office.objects.filter(pk=fort_lee.pk).update(name="Jersey", phone="(201) 555-0123")
    put_back(staff_client, fort_lee, revision.pk)
    office = Office.objects.get(pk=fort_lee.pk)
    assert (office.name, office.phone) == ("Jersey", fort_lee.phone)
