"""How people write a date in English and Spanish, as patterns of whole lines. Pure."""

import re
from functools import cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sept sep septiembre setiembre set",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu|thurs"
    "|fri|sat|sun|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
    "|lun|mar|mi[eé]|jue|vie|s[aá]b|dom"
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>\d{4}|['’]\d{2})"
_PREFIX = (
    r"(?:(?:(?:first |originally |last )?(?:published|posted|written|dated)"
    r"(?:\s+on)?|on|date(?:\s+(?:published|posted))?"
    r"|publicad[oa](?:\s+e[ln])?|escrito(?:\s+el)?|fecha(?:\s+de\s+publicaci[oó]n)?|el)"
    r"\s*:?\s+)?"
)
# “Nueva York, 27 de agosto de 2018”, “Fort Lee, NJ — August 27, 2018”. Any other words
# before a date may be a title.
_DATELINE = (
    r"(?:(?:new york|nueva york|new jersey|nueva jersey|fort lee|washington"
    r"|[\w .'’-]{3,25},\s*(?:n\.?\s?[yj]|d\.?\s?c|[a-z]{2})\.?)(?:,\s*n\.?[yj]\.?)?"
    r"\s*[,:—–-]*\s+(?:a\s+)?)?"
)
# “UTC-5”, “EDT”, “Eastern Daylight Time”, “hora del este”, “America/New_York”.
ZONE = (
    r"(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?|[a-z]+/[a-z_]+(?:/[a-z_]+)?|[a-z]{1,4}"
    r"|(?:eastern|central|mountain|pacific|atlantic)(?:\s+(?:standard|daylight))?"
    r"(?:\s+time)?|hora\s+del?l?\s*(?:este|centro|monta[ñn]a|pac[ií]fico)"
)
_TIME = (
    r"(?:\s*(?:,|@|at|a\s+las?|[-–—|•·])?\s*"
    r"(?P<hour>\d{1,2})"
    r"(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?|(?=\s*[ap]\.?\s?m\b))"
    r"\s*(?P<half>[ap]\.?\s?m\.?|de\s+la\s+(?:ma[ñn]ana|tarde|noche))?"
    r"(?:\s*h(?:rs|s|oras)?\.?)?"
    rf"\s*[(\[]?(?P<zone>{ZONE})?[)\]]?)?"
)
_REST = (
    r"(?:\s*[|•·–—;-]?\s*\d+\s+min(?:\.|utes?|utos?)?(?:\s+(?:read|de lectura))?)?"
    r"(?:\s*[|•·–—-]\s*(?:by|por)\s[^|•·]{1,60})?\s*\.?"
)
_FORMS = (
    rf"(?P<month>{_MONTH})\.?,?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}",
    rf"(?P<day>\d{{1,2}})(?:\s*\.?\s*[º°]|e?ro|o|st|nd|rd|th)?\.?(?:\s+|[/-])(?:(?:of|de)\s+)?"
    rf"(?P<month>{_MONTH})\.?\s*,?(?:\s+|[/-])(?:del?\s+)?{_YEAR}",
    rf"(?P<day>\d{{1,2}})(?P<sign>[/-])(?P<month>{_MONTH})(?P=sign)(?P<year>\d{{2}})",
    rf"(?P<month>{_MONTH})(?P<sign>[/-])(?P<day>\d{{1,2}})(?P=sign)(?P<year>\d{{4}})",
    rf"(?P<day>primero)\s+de\s+(?P<month>{_MONTH})\s*,?\s+(?:del?\s+)?(?P<year>\d{{4}})",
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})\s+(?:de|del)\s+(?P<year>\d{{4}})",
    rf"(?P<year>\d{{4}})(?:\s+|[/-])(?P<month>{_MONTH})\.?(?:\s+|[/-])(?P<day>\d{{1,2}})",
    r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<one>\d{1,2})\s?(?P<sign>[/.-])\s?(?P<other>\d{1,2})\s?(?P=sign)\s?"
    r"(?P<year>\d{4}|\d{2})",
)


@cache
def lines() -> list[re.Pattern[str]]:
    """Made when the first date is looked for: a fifth of a second of each start."""
    return [
        re.compile(
            rf"\W*{_DATELINE}{_PREFIX}(?:(?:{_DAYS})\.?,?\s+)?(?:(?:el|the)\s+)?{form}{_TIME}{_REST}\W*",
            re.IGNORECASE,
        )
        for form in _FORMS
    ]
