"""One record of the firm, printed everywhere: pages, feed, cards, structured data."""

import json
import re
from datetime import date, datetime, timezone

import pytest
import time_machine
import vobject
from django.urls import reverse
from icalendar import Calendar

from offices.models import Attorney, Closure, Firm, Office, OfficeHours

PAGES = ["/", "/posts/a-title/", "/offices/", "/offices/fort-lee/", "/nope/"]


@pytest.fixture(autouse=True)
def clock(set_up):
    with time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=timezone.utc)) as clock:
        yield clock


@pytest.fixture
def fort_lee(set_up):
    return Office.objects.get(slug="fort-lee")


def nodes(client, address):
    page = client.get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = [json.loads(text) for text in found]
    return [node for node in data if node["@type"] == "LegalService"]


@pytest.mark.slow
def test_a_changed_number_is_changed_on_every_surface(client, publish, fort_lee):
    publish()
    fort_lee.phone = "(201) 555-0123"
    fort_lee.save()
    cards = ["/offices/fort-lee.vcf", "/offices/new-york.vcf", "/feed/", "/feed/rss/"]
    for address in [*PAGES, *cards]:
        text = client.get(address).content.decode()
        assert "(201) 555-0123" in text or "+12015550123" in text, address
        assert "448-9837" not in text and "4489837" not in text, address


def test_name_address_and_phone_are_equal_everywhere(client, publish, fort_lee):
    publish()
    Firm.objects.update(name="The Firm")
    (node,) = nodes(client, "/offices/fort-lee/")
    card = client.get("/offices/fort-lee.vcf").content.decode()
    feed = client.get("/feed/").content.decode()
    assert node["name"] == "The Firm, Fort Lee office"
    assert "FN:The Firm\\, Fort Lee office" in card
    assert node["telephone"] == "+12014489837" and "VOICE:+12014489837" in card
    assert node["faxNumber"] == "+12014791162" and "FAX:+12014791162" in card
    address = node["address"]
    assert address["streetAddress"] == "2125 Center Ave, Suite 314"
    assert "ADR;TYPE=WORK:;;2125 Center Ave\\, Suite 314;Fort Lee;NJ;07024;" in card
    assert (
        "2125 Center Ave, Suite 314, Fort Lee, NJ 07024. Phone (201) 448-9837" in feed
    )


def test_new_york_has_no_telephone_of_its_own_anywhere(client):
    (node,) = nodes(client, "/offices/new-york/")
    assert "telephone" not in node and "faxNumber" not in node
    assert node["contactPoint"]["name"] == "Fort Lee office"
    (node,) = nodes(client, "/es/offices/new-york/")
    assert node["contactPoint"]["name"] == "Oficina de Fort Lee"
    card = client.get("/offices/new-york.vcf").content.decode()
    assert re.search(r"^TEL", card, re.M) is None
    assert "other.TEL;TYPE=VOICE:+12014489837" in card
    assert "other.X-ABLABEL:Fort Lee office" in card
    assert "Call our Fort Lee office: (201) 448-9837" in card.replace("\r\n ", "")


def test_structured_hours_are_those_one_can_walk_in(client, fort_lee):
    fort_lee.hours.create(weekday=0, opens="09:00", closes="17:00")
    fort_lee.hours.create(weekday=5, opens="10:00", closes="12:00", by_appointment=True)
    Closure.objects.create(
        first_day=date(2026, 11, 26), last_day=date(2026, 11, 27), reason="Thanksgiving"
    )
    (node,) = nodes(client, "/offices/fort-lee/")
    (monday,) = node["openingHoursSpecification"]
    assert monday["dayOfWeek"] == "https://schema.org/Monday"
    assert (monday["opens"], monday["closes"]) == ("09:00", "17:00")
    (closed,) = node["specialOpeningHoursSpecification"]
    assert (closed["validFrom"], closed["validThrough"]) == ("2026-11-26", "2026-11-27")
    assert (closed["opens"], closed["closes"]) == ("00:00", "00:00")
    Office.objects.update(appointment_only=True)
    (node,) = nodes(client, "/offices/fort-lee/")
    assert "openingHoursSpecification" not in node
    assert "specialOpeningHoursSpecification" not in node


def test_node_ids_are_stable_and_one_an_office(client):
    ids = [node["@id"] for node in nodes(client, "/")]
    assert ids == [node["@id"] for node in nodes(client, "/offices/")]
    assert ids[0] == "http://127.0.0.1:8000/offices/fort-lee/#office"
    assert len(set(ids)) == 2


def test_an_office_says_where_else_the_firm_is_found(client):
    assert "sameAs" not in nodes(client, "/offices/fort-lee/")[0]
    firm = Firm.objects.get()
    firm.links.create(label="A page", url="https://social.example/firm")
    (node,) = nodes(client, "/offices/fort-lee/")
    assert node["sameAs"] == ["https://social.example/firm"]


def test_no_text_can_leave_the_data_block(client):
    Firm.objects.update(name="</script><b>x")
    assert "</script><b>x" not in client.get("/").content.decode()
    assert nodes(client, "/")[0]["name"].startswith("</script><b>x")


@pytest.mark.slow
def test_the_status_is_on_every_page_and_true_at_the_second(client, fort_lee, clock):
    fort_lee.hours.create(weekday=1, opens="09:00", closes="17:00")
    clock.move_to(datetime(2026, 11, 24, 21, 59, 59, tzinfo=timezone.utc), tick=False)
    for address in ("/", "/offices/fort-lee/", "/nope/"):
        assert "Open now · closes at 5 pm" in client.get(address).content.decode()
    clock.shift(1)
    assert "Open now" not in client.get("/").content.decode()


def test_closures_are_in_words_and_in_a_calendar(client, fort_lee):
    Closure.objects.create(
        first_day=date(2026, 12, 24), last_day=date(2027, 1, 1), reason="holidays"
    )
    page = client.get("/offices/new-york/").content.decode()
    assert "December 24, 2026 – January 1, 2027: Closed for holidays" in page
    lines = client.get("/offices/fort-lee.ics").content.decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20261224" in lines
    assert "DTEND;VALUE=DATE:20270102" in lines


def test_a_calendar_without_closures_is_one_all_the_same(client):
    text = client.get("/offices/fort-lee.ics").content
    read = Calendar.from_ical(text)
    assert [part.name for part in read.subcomponents] == ["VTIMEZONE"]
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_a_calendar_reads_as_it_was_meant(client, fort_lee):
    days = {"first_day": date(2026, 12, 24), "last_day": date(2027, 1, 1)}
    Closure.objects.create(reason="a, b; c\\d", **days)
    read = Calendar.from_ical(client.get("/offices/fort-lee.ics").content)
    (event,) = read.walk("VEVENT")
    assert event.decoded("dtstart") == days["first_day"]
    assert event.decoded("dtend") == date(2027, 1, 2)
    assert "a, b; c\\d" in str(event["summary"])
    assert event.decoded("dtstamp").tzinfo and event["uid"].endswith("@127.0.0.1:8000")


CARDS = (
    (".vcf", "3.0", "TEL;TYPE=WORK,VOICE:+12014489837"),
    (".4.vcf", "4.0", "TEL;TYPE=work,voice;VALUE=uri:tel:+12014489837"),
)


@pytest.mark.parametrize(("end", "version", "phone"), CARDS)
def test_a_card_is_well_formed_and_opens_as_a_contact(client, end, version, phone):
    """In 3.0, which Android's importers and Outlook read, and in 4.0."""
    response = client.get(f"/offices/fort-lee{end}")
    assert response["Content-Type"].startswith("text/vcard")
    lines = response.content.decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", f"VERSION:{version}"]
    assert lines[-2:] == ["END:VCARD", ""] and phone in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    page = client.get("/offices/fort-lee/").content.decode()
    assert f'href="/offices/fort-lee{end}"' in page


@pytest.mark.parametrize(("end", "version", "phone"), CARDS)
def test_a_card_reads_as_it_was_meant(client, fort_lee, end, version, phone):
    name = "Ñ, b; c\\d" + " ñandú" * 14
    Firm.objects.update(name=name)
    Office.objects.filter(pk=fort_lee.pk).update(suite="Suite 3; 1, ñ")
    card = vobject.readOne(client.get(f"/offices/fort-lee{end}").content.decode())
    assert card.fn.value.startswith(name) and card.version.value == version
    assert card.org.value == [name]
    assert card.adr.value.street.endswith("Suite 3; 1, ñ")
    assert card.adr.value.city == "Fort Lee" and card.adr.value.code == "07024"
    assert card.url.value == "http://127.0.0.1:8000/offices/fort-lee/"


def test_the_qr_code_is_a_picture(client):
    response = client.get("/offices/fort-lee.svg")
    assert response["Content-Type"] == "image/svg+xml"
    # An <img> shows no SVG without its namespace.
    assert b'xmlns="http://www.w3.org/2000/svg"' in response.content


@pytest.mark.parametrize("ending", [".vcf", ".ics", ".svg", "/"])
def test_an_unknown_office_is_not_found(client, ending):
    assert client.get(f"/offices/nowhere{ending}").status_code == 404


def test_notes_of_an_office_are_printed_when_filled_in(client, fort_lee):
    assert "Parking" not in client.get("/offices/fort-lee/").content.decode()
    Office.objects.filter(pk=fort_lee.pk).update(parking="On the street.")
    assert "On the street." in client.get("/offices/fort-lee/").content.decode()


def test_an_attorneys_page_lists_what_is_live(client, publish):
    author = Attorney.objects.create(
        name="The Author",
        slug="the-author",
        admissions="New Jersey",
        languages="English",
    )
    publish("By the author", author=author)
    page = client.get(author.get_absolute_url()).content.decode()
    for words in (
        "Admitted in</dt><dd>New Jersey",
        "Speaks</dt><dd>English",
        "By the author",
    ):
        assert words in page
    byline = f'<a href="{reverse("attorney", args=["the-author"])}">The Author</a>'
    assert byline in client.get("/posts/by-the-author/").content.decode()


def test_directions_send_nothing_until_clicked(client):
    page = client.get("/offices/fort-lee/").content.decode()
    loaded = re.findall(r'(?:src|<link[^>]*href)="(https?:[^"]*)"', page)
    assert all(url.startswith("http://127.0.0.1:8000/") for url in loaded)
    assert (
        'href="https://www.openstreetmap.org/search?query=2125%20Center%20Ave' in page
    )


@pytest.mark.slow
def test_cost_does_not_grow_with_offices(client, django_assert_num_queries):
    for number in range(8):
        office = Office.objects.create(
            name=f"Office {number}",
            slug=f"office-{number}",
            street="1 Street",
            city="City",
            state="NJ",
            zip_code="07024",
        )
        OfficeHours.objects.create(
            office=office, weekday=1, opens="9:00", closes="17:00"
        )
        if number in (3, 7):
            with django_assert_num_queries(7):
                client.get("/offices/")
