"""Form numbers that are recognised without the word "form"."""

import re


def _numbers(prefix: str, listed: str) -> set[str]:
    return {f"{prefix}-{number}" for number in listed.split()}


# What uscis.gov has a page for, under the form's own number.
OF_USCIS = (
    _numbers(
        "I",
        "9 90 102 129 129CW 129F 129S 130 130A 131 131A 134 134A 140 191 192 193 212 "
        "290B 356 360 361 363 407 485 485J 508 526 526E 539 539A 566 589 600 600A 601 "
        "601A 602 612 687 690 693 694 698 730 751 765 765V 765WS 800 800A 817 821 821D "
        "824 829 854 864 864A 864EZ 864P 864W 865 881 905 907 910 912 914 918 929 941 "
        "942 945 956 956F 956G 956H 956K",
    )
    | _numbers("N", "300 336 400 426 445 470 565 600 600K 644 648")
    | _numbers("G", "28 28I 325A 639 845 884 1041 1041A 1055 1145 1256 1450 1566 1650")
    | {"AR-11"}
)
_OTHERS = (
    _numbers(
        "I",
        "17 20 94 94A 94W 129L 131F 140G 190 200 205 210 213 220A 220B 221 246 247"
        " 247A "
        "247D 286 286A 352 485A 512 512L 551 571 643 688 688A 688B 766 777 797 797A"
        " 797B 797C "
        "797D 797E 797F 821P 823 826 830 831 851 860 862 863 864I 867 867A 871 877 901"
        " 914A "
        "914B 918A 918B 924 924A 944 956L",
    )
    | _numbers("N", "550 560 570")
    | _numbers("G", "56 325 325B 325C 1151 1152 1651")
    | _numbers(
        "DS",
        "11 64 82 86 117 156 156E 156K 157 158 160 174 230 260 261 1350 1648 1843 1981"
        " 2019 "
        "2029 2031 3013 3025 3026 3030 3032 3035 4079 4080 4081 4082 5507 5525 5535"
        " 5540",
    )
)
KNOWN = OF_USCIS | _OTHERS
# Every number of these is a form. "ETA 15 minutes" is when somebody comes.
SERIES = re.compile(r"(?:EOIR-\d{1,4}|ETA-(?:9\d{3}|7[59]0))[A-Z]{0,2}")


def is_known(code: str) -> bool:
    return code in KNOWN or bool(SERIES.fullmatch(code))


_BY_DIGITS: dict[str, list[str]] = {}
for _code in sorted(KNOWN):
    _BY_DIGITS.setdefault(_code.partition("-")[2], []).append(_code)


def of_number(number: str) -> str | None:
    """The one form that a number without its letter means: "485" is I-485, "601a"
    I-601A. None where there is no such form or several."""
    found = _BY_DIGITS.get(number.upper(), [])
    return found[0] if len(found) == 1 else None
