"""Hours are entered as people say them: days ticked, times given, one save."""

import pytest
from helpers.offices import LIST, history, put_back

from offices.models import Office, OfficeHours

pytestmark = pytest.mark.usefixtures("morning")
MORNING_AND_AFTERNOON = ("09:30", "12:30", "13:30", "17:30")
NAMES = ("opens", "closes", "opens_again", "closes_again")


def form(client, office):
    """The page's fields as the browser would send them back."""
    lines = client.get(f"{LIST}{office.pk}/hours/").context["lines"]
    fields = {
        f.html_name: f.value()
        for line in [lines.management_form, *lines.forms]
        for f in line
        if f.value() not in (None, False)
    }
    return {**fields, "version_token": office.updated_at.isoformat()}


def line(number, days, *times, **more):
    fields = {f"form-{number}-days": days}
    names = (f"form-{number}-{name}" for name in NAMES)
    given = dict(zip(names, times, strict=False))
    return fields | given | {f"form-{number}-{name}": on for name, on in more.items()}


def save(client, office, *lines):
    fields = form(client, office)
    for each in lines:
        fields |= each
    return client.post(f"{LIST}{office.pk}/hours/", fields, follow=True)


def rows(office):
    return [str(row) for row in office.hours.all()]


@pytest.mark.slow
def test_a_week_is_four_times_and_one_save(staff_client, fort_lee):
    fields = form(staff_client, fort_lee)
    assert fields["form-0-days"] == [0, 1, 2, 3, 4], "Monday to Friday are ticked"
    times = dict(
        zip([f"form-0-{n}" for n in NAMES], MORNING_AND_AFTERNOON, strict=True)
    )
    page = staff_client.post(
        f"{LIST}{fort_lee.pk}/hours/", {**fields, **times}, follow=True
    )
    said = "Mon–Fri 9:30 am–12:30 pm, 1:30–5:30 pm; Sat, Sun closed"
    assert f"Fort Lee: hours are {said}." in page.content.decode()
    assert fort_lee.hours.count() == 10
    public = staff_client.get("/offices/fort-lee/").content.decode()
    assert "<dt><span>Mon–Fri</span>" in public and "9:30 am–12:30 pm" in public
    spanish = staff_client.get("/es/offices/").content.decode()
    assert "<dt><span>Lunes a viernes</span>" in spanish


@pytest.mark.slow
def test_what_an_office_has_is_filled_in_and_saving_changes_nothing(
    staff_client, fort_lee
):
    save(
        staff_client,
        fort_lee,
        line(0, [0, 1], *MORNING_AND_AFTERNOON),
        line(1, [5], "10:00", "13:00", by_appointment="on"),
        line(2, [0], "19:00", "20:00"),
    )
    fort_lee.refresh_from_db()
    before = rows(fort_lee)
    assert len(before) == 6 and "Saturday 10 am–1 pm, by appointment" in before
    save(staff_client, fort_lee)
    assert rows(fort_lee) == before


@pytest.mark.slow
def test_a_line_without_times_is_closed(staff_client, fort_lee):
    fort_lee.hours.create(weekday=0, opens="09:00", closes="17:00")
    page = save(staff_client, fort_lee, line(0, [0], "", ""))
    assert "no hours: readers are told to call." in page.content.decode()
    assert rows(fort_lee) == []


@pytest.mark.slow
def test_spans_may_trade_places(staff_client, fort_lee):
    fort_lee.hours.create(weekday=0, opens="09:00", closes="12:00")
    fort_lee.hours.create(weekday=0, opens="13:00", closes="17:00")
    save(staff_client, fort_lee, line(0, [0], "13:00", "17:00", "09:00", "12:00"))
    assert [f"{span.opens:%H}" for span in fort_lee.hours.all()] == ["09", "13"]


@pytest.mark.slow
def test_spans_that_touch_are_one(staff_client, fort_lee):
    page = save(
        staff_client,
        fort_lee,
        line(0, [0, 1], "09:00", "12:00", "12:00", "17:00"),
        line(1, [1], "17:00", "18:00"),
        line(2, [0], "17:00", "19:00", by_appointment="on"),
    )
    said = "Mon 9 am–5 pm, 5–7 pm by appointment; Tue 9 am–6 pm; Wed–Sun closed"
    assert f"hours are {said}." in page.content.decode()
    assert rows(fort_lee) == [
        "Monday 9 am–5 pm",
        "Monday 5–7 pm, by appointment",
        "Tuesday 9 am–6 pm",
    ]


@pytest.mark.parametrize(
    "lines, sentence",
    [
        ([line(0, [0], "17:00", "09:00")], "Closing time must be after opening time"),
        ([line(0, [0], "22:00", "02:00")], "For a night, give two spans."),
        ([line(0, [0], "09:00", "24:00")], "Give hours and minutes alone, like 09:30."),
        ([line(0, [0], "09:00", "")], "Give both times, or neither."),
        ([line(0, [], "09:00", "17:00")], "Tick the days that have these hours."),
        ([line(0, [9], "09:00", "17:00")], "What you chose is not there any more."),
        (
            [line(0, [0], "09:00", "13:00", "12:00", "17:00")],
            "Monday noon–5 pm overlaps Monday 9 am–1 pm.",
        ),
        (
            [line(0, [0, 1], "09:00", "13:00"), line(1, [1], "12:00", "14:00")],
            "Let one end before the other begins.",
        ),
    ],
)
def test_wrong_hours_are_refused_with_a_sentence_and_stay_typed(
    staff_client, fort_lee, lines, sentence
):
    page = save(staff_client, fort_lee, *lines).content.decode()
    assert sentence in page and "Nothing was saved yet." in page
    assert 'value="09:00"' in page or 'value="02:00"' in page
    assert not OfficeHours.objects.exists()


@pytest.mark.parametrize("days", [[0, 2], []])
def test_by_appointment_without_times_is_refused_and_stays_ticked(
    staff_client, fort_lee, days
):
    fort_lee.hours.create(weekday=5, opens="09:00", closes="12:00")
    given = line(1, days, by_appointment="on")
    page = save(staff_client, fort_lee, given)
    text = page.content.decode()
    assert "Give the times, or untick “By appointment”." in text
    assert "switch “By appointment only” on instead, on its card" in text
    assert page.context["lines"].forms[1]["by_appointment"].value()
    assert page.context["lines"].forms[1]["days"].value() == [str(d) for d in days]
    assert rows(fort_lee) == ["Saturday 9 am–noon"]


def test_hours_have_no_seconds(staff_client, fort_lee):
    page = save(staff_client, fort_lee, line(0, [0], "09:00:10", "09:00:50"))
    text = page.content.decode()
    assert "Give hours and minutes alone, like 09:30." in text
    assert 'value="09:00:10"' in text and rows(fort_lee) == []


@pytest.mark.slow
def test_hours_over_somebody_elses_change_are_refused(staff_client, fort_lee):
    fields = form(staff_client, fort_lee) | line(0, [0], "09:00", "17:00")
    fort_lee.phone = "(201) 448-9837"
    fort_lee.save()
    page = staff_client.post(f"{LIST}{fort_lee.pk}/hours/", fields).content.decode()
    assert "after you opened this page" in page and 'value="09:00"' in page
    assert rows(fort_lee) == []


def test_nonsense_in_the_place_of_lines_is_refused(staff_client, fort_lee):
    page = staff_client.post(f"{LIST}{fort_lee.pk}/hours/", {"form-TOTAL_FORMS": "x"})
    assert page.status_code == 200 and "Nothing was saved yet." in page.content.decode()


@pytest.mark.slow
def test_changed_hours_are_one_change_that_can_be_put_back(staff_client, fort_lee):
    fort_lee.hours.create(weekday=0, opens="09:00", closes="17:00")
    save(staff_client, fort_lee, line(0, [0], "10:00", "17:00"))
    fort_lee.refresh_from_db()
    save(staff_client, fort_lee, line(0, [0], "11:00", "17:00"))
    (change, *_) = history(staff_client, fort_lee)
    assert change.lines == ["Hours: Monday 10 am–5 pm → Monday 11 am–5 pm"]
    put_back(staff_client, fort_lee, change.before.pk)
    assert rows(fort_lee) == ["Monday 10 am–5 pm"]


def test_an_office_by_appointment_keeps_hours_that_nobody_reads(staff_client):
    new_york = Office.objects.get(slug="new-york")
    page = staff_client.get(f"{LIST}{new_york.pk}/hours/").content.decode()
    assert "New York is by appointment only, so that readers see no hours." in page


@pytest.mark.slow
def test_hours_need_the_right(staff_client, staff, fort_lee):
    staff.groups.clear()
    assert staff_client.get(f"{LIST}{fort_lee.pk}/hours/").status_code == 403


@pytest.mark.slow
def test_the_offices_form_says_its_hours_and_leads_to_them(attorney_client, fort_lee):
    address = f"{LIST}{fort_lee.pk}/change/"
    page = attorney_client.get(address).content.decode()
    assert "None are given: readers are told to call." in page
    assert f'<a href="{LIST}{fort_lee.pk}/hours/">Change the hours</a>' in page
    fort_lee.hours.create(weekday=6, opens="09:00", closes="12:00")
    page = attorney_client.get(address).content.decode()
    assert "Mon–Sat closed; Sun 9 am–noon" in page
    page = attorney_client.get(f"{LIST}add/").content.decode()
    assert "Give them once the office is saved." in page
