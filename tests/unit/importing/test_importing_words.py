"""Encodings, dates, languages and summaries: what people write, read right."""

from datetime import date, datetime, timedelta, timezone

import pytest

from posts.importing.article import CannotRead
from posts.importing.bylines import dated_byline
from posts.importing.dates import dated_line, moment_of
from posts.importing.encodings import decode
from posts.importing.english_or_spanish import guess, is_neither
from posts.importing.summaries import suggest

TEXTS = (
    "El señor Núñez presentó la petición según la policía; ¿será fácil? Él dijo sí.",
    "La solicitud de asilo es para “personas” que huyen… Él tendrá un año.",
    "The asylum—and the fee—isn’t “free” – it costs… § 1101. He said it was for him.",
    "Don’t do it.",
    "See 8 U.S.C. § 1158 and § 1225.",
    "The Haïtian said “yes”, and was naïve.",
    "The file of Mr. Núñez was in the office, and he had to go with it to the judge.",
)


ENCODINGS = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 cp1252 latin-1 cp850 mac_roman"
)


def encoded():
    for text in TEXTS:
        for encoding in ENCODINGS.split():
            data = text.encode(encoding, errors="ignore")
            if data.decode(encoding) == text:  # it has all the signs
                yield pytest.param(text, data, encoding, id=f"{text[:9]}-{encoding}")


@pytest.mark.parametrize(("text", "data", "encoding"), list(encoded()))
def test_every_encoding_comes_out_right_or_is_refused(text, data, encoding):
    try:
        assert decode(data) == text
    except CannotRead as error:
        assert encoding in ("cp850", "mac_roman") and "in doubt" in str(error)


def test_what_a_page_declares_counts():
    page = '<meta charset="iso-8859-1"><p>Petici\xf3n \x96 s\xed'.encode("latin-1")
    assert "Petición – sí" in decode(page)


def test_what_is_no_encoding_of_pages_does_not_count():
    names = "punycode idna unicode_escape raw_unicode_escape utf-7 zlib hex undefined"
    for name in names.split():
        text = f'<meta charset="{name}"><p>Petición \\u0041 +AEE- sí, señor'
        assert decode(text.encode("cp1252")) == text, name


DAY = date(2018, 8, 27)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (line, DAY)
        for line in (
            "August 27, 2018|Aug. 27, 2018|AUGUST 27, 2018|August 27th, 2018"
            "|Aug 27 2018"
            "|27 August 2018|27th of August, 2018|27-Aug-2018|Monday, August 27, 2018"
            "|Mon, Aug 27, 2018|2018-08-27|2018/08/27|8/27/2018|08/27/18|27/08/2018"
            "|27.08.2018|27 de agosto de 2018|27 de Agosto del 2018|27 agosto 2018"
            "|lunes, 27 de agosto de 2018|Lunes 27 de agosto de 2018|agosto 27, 2018"
            "|agosto 27 de 2018|27 ago. 2018|el 27 de agosto de 2018"
            "|Published on August 27, 2018|Posted: Aug 27, 2018"
            "|Posted on 27 August 2018"
            "|Publicado el 27 de agosto de 2018|Fecha: 27 de agosto de 2018"
            "|August 27, 2018 3 min read|August 27, 2018 · 5 min read"
            "|27 ago 2018 - 3 min de lectura|August 27, 2018 | by Mary Roe"
            "|the 27th of August, 2018|August, 27 2018|August 27,2018|Aug 27, '18"
            "|27/ago/2018|27-Aug-18|2018-Aug-27|27 / 08 / 2018|8 / 27 / 2018"
            "|Date published: August 27, 2018|Publicado en 27 de agosto de 2018"
            "|August 27, 2018; 3 min read"
        )
        .replace("2018 | by", "2018 • by")
        .split("|")
    ]
    + [
        ("Sept. 3, 2018", date(2018, 9, 3)),
        ("3 de setiembre de 2018", date(2018, 9, 3)),
        ("1.º de mayo de 2019", date(2019, 5, 1)),
        ("1º de mayo de 2019", date(2019, 5, 1)),
        ("primero de mayo de 2019", date(2019, 5, 1)),
        ("1ro de mayo de 2019", date(2019, 5, 1)),
        ("1ero. de mayo de 2019", date(2019, 5, 1)),
        ("February 29, 2020", date(2020, 2, 29)),
    ],
)
def test_a_line_that_is_a_date(line, day):
    assert dated_line(line).moment == day


@pytest.mark.parametrize(
    ("line", "moment"),
    (
        ("August 27, 2018 at 10:30 PM", datetime(2018, 8, 27, 22, 30)),
        ("August 27, 2018 12:05 a.m.", datetime(2018, 8, 27, 0, 5)),
        ("August 27, 2018 at 10 p.m.", datetime(2018, 8, 27, 22)),
        ("August 27, 2018 @ 10:30 pm", datetime(2018, 8, 27, 22, 30)),
        ("27 de agosto de 2018, 22:30 h", datetime(2018, 8, 27, 22, 30)),
        ("27 de agosto de 2018 a las 10:30 p. m.", datetime(2018, 8, 27, 22, 30)),
        (
            "August 27, 2018, 10:30 PM EDT",
            datetime(2018, 8, 27, 22, 30, tzinfo=timezone(timedelta(hours=-4))),
        ),
    ),
)
def test_a_line_that_is_a_date_and_a_time(line, moment):
    assert dated_line(line).moment == moment
    assert dated_line(line).moment.tzinfo == moment.tzinfo


@pytest.mark.parametrize(
    "line",
    (
        "August 2018",
        "1984",
        "May 1",
        "It was May 1, 2020 then.",
        "February 30, 2020",
        "8 U.S.C. 1101",
        "Section 5.1.2010",
        "13/13/2018",
        "32 de enero de 2018",
        "",
        "On August 27, 2018, the rule changed.",
        "August 27, 3018",
        "212-555-0100",
        "July 4",
        "Form I-130",
        "x" * 500,
    ),
)
def test_a_line_that_is_no_date(line):
    assert dated_line(line) is None


def test_the_order_of_day_and_month_is_said_where_it_is_in_doubt():
    assert dated_line("8/9/18").moment == date(2018, 8, 9)
    assert "month first" in dated_line("8/9/18").doubt
    assert not dated_line("8/27/18").doubt and not dated_line("8/8/18").doubt
    spanish = dated_line("8/9/18", day_first=True)
    assert spanish.moment == date(2018, 9, 8) and "day first" in spanish.doubt
    assert dated_line("8/27/18", day_first=True).moment == date(2018, 8, 27)


@pytest.mark.parametrize(
    "line",
    (
        "Mary Roe | August 27, 2018 | 3 min read",
        "Mary Roe · Aug 27, 2018 · 3 min read",
        "By Mary Roe | August 27, 2018",
        "By Mary Roe, August 27, 2018",
        "August 27, 2018 by Mary Roe",
        "August 27, 2018 • Mary Roe",
        "Posted on August 27, 2018 by Mary Roe",
        "Published by Mary Roe on August 27, 2018",
        "Por Mary Roe, 27 de agosto de 2018",
        "3 min de lectura | 27 de agosto de 2018 | Mary Roe",
        "Mary Roe | August 27, 2018 (updated September 3, 2019)",
    ),
)
def test_a_line_that_tells_the_writer_too(line):
    assert dated_byline(line) == (DAY, "", "Mary Roe")


@pytest.mark.parametrize(
    "line",
    (
        "Matter of Roe, August 27, 2018",
        "Asylum in New York, August 27, 2018",
        "USCIS Policy Memo – August 27, 2018",
        "The court ruled on August 27, 2018",
        "Hearing | August 27, 2018 | Room 4 | Bring your papers",
        "By Mary Roe",
    ),
)
def test_a_line_that_is_no_byline(line):
    assert dated_byline(line) is None


UTC = timezone.utc


@pytest.mark.parametrize(
    ("text", "moment"),
    (
        ("2023-08-05T01:30:00.000Z", datetime(2023, 8, 5, 1, 30, tzinfo=UTC)),
        ("2023-08-05T01:30Z", datetime(2023, 8, 5, 1, 30, tzinfo=UTC)),
        ("20230805T013000Z", datetime(2023, 8, 5, 1, 30, tzinfo=UTC)),
        (
            "2023-08-05 01:30:00 -0400",
            datetime(2023, 8, 5, 1, 30, tzinfo=timezone(timedelta(hours=-4))),
        ),
        ("2023-08-05 01:30:00", datetime(2023, 8, 5, 1, 30)),
        ("2023-08-05", date(2023, 8, 5)),
        ("Sat, 05 Aug 2023 01:30:00 GMT", datetime(2023, 8, 5, 1, 30, tzinfo=UTC)),
        ("Sat, 5 Aug 2023 01:30:00 -0000", datetime(2023, 8, 5, 1, 30, tzinfo=UTC)),
        (
            "Sat Aug 05 2023 01:30:00 GMT+0000 (Coordinated Universal Time)",
            datetime(2023, 8, 5, 1, 30, tzinfo=UTC),
        ),
        ("August 5, 2023", date(2023, 8, 5)),
        ("Aug 5, 2023 00:00", datetime(2023, 8, 5)),
        ("Aug 5, 2023, 12:00 AM", datetime(2023, 8, 5)),
        (
            "Aug 5, 2023, 11:59 PM EDT",
            datetime(2023, 8, 5, 23, 59, tzinfo=timezone(timedelta(hours=-4))),
        ),
        ("2023-08-05 01:30:00 +0000 UTC", datetime(2023, 8, 5, 1, 30, tzinfo=UTC)),
        *(
            (text, datetime(2018, 8, 27, 22, 30, tzinfo=timezone(timedelta(hours=h))))
            for text, h in (
                ("2018-08-27T22:30:00 America/New_York", -4),
                ("2018-08-27T22:30:00[America/New_York]", -4),
                ("2018-08-27T22:30:00-04:00[America/New_York]", -4),
                ("August 27, 2018 10:30 PM UTC-5", -5),
                ("August 27, 2018 10:30 PM (GMT-4)", -4),
                ("August 27, 2018 10:30 PM PT", -7),
                ("Aug 27, 2018 - 10:30 PM Eastern Daylight Time", -4),
                ("27 de agosto de 2018 10:30 p. m. (hora del este)", -4),
            )
        ),
        ("27 de agosto de 2018, 10:30 de la noche", datetime(2018, 8, 27, 22, 30)),
        ("27/08/2018 – 22h30", datetime(2018, 8, 27, 22, 30)),
        ("2018-08-27 22:30:00 Nowhere/There", datetime(2018, 8, 27, 22, 30)),
        ("0000-00-00 00:00:00", None),
        ("Mon, 30 Nov -0001 00:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("2023-13-05", None),
        ("soon", None),
        ("", None),
    ),
)
def test_dates_of_programs(text, moment):
    found = moment_of(text)
    assert found == moment and type(found) is type(moment)
    if isinstance(moment, datetime):
        assert found.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    ("text", "language"),
    (
        ("The rule is short and it is known to all of us.", "en"),
        ("La regla es corta y todos la conocen, pero no se sabe por qué.", "es"),
        ("¿Qué es el asilo?", "es"),
        ("", ""),
        ("Lorem ipsum dolor sit amet, consectetuer adipiscing elit.", ""),
        ("日本語の文章です。", ""),
    ),
)
def test_the_language_of_a_text(text, language):
    assert guess(text) == language


def test_a_third_language_is_noticed():
    assert is_neither("Die Regel war kurz und jeder kannte sie seit Jahren gut. " * 6)
    assert not is_neither("The rule was short and it was known to all of them. " * 6)


@pytest.mark.parametrize(
    ("text", "summary"),
    (
        (
            "Under 8 U.S.C. § 1101 and Smith v. Jones, No. 5, the rule is short. More.",
            "Under 8 U.S.C. § 1101 and Smith v. Jones, No. 5, the rule is short. More.",
        ),
        ("Too short.", ""),
        ("x" * 400, ""),
        (
            f"{'The rule is short and known to all who live in this town here. ' * 2}"
            f"{'And more. ' * 90}",
            "The rule is short and known to all who live in this town here. The rule "
            "is short and known to all who live in this town here.",
        ),
    ),
)
def test_a_summary_is_whole_sentences(text, summary):
    assert suggest(text) == summary
