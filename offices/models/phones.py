"""North American phone numbers: kept as (201) 448-9837, dialled as +12014489837."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

_ACCEPTED = re.compile(r"[\d\s().-]*")


def normalise(text: str) -> str:
    """'201.448.9837' → '(201) 448-9837'; raises ValidationError with a sentence."""
    digits = re.sub(r"\D", "", text)
    if not _ACCEPTED.fullmatch(text):
        problem = "holds something that is not a digit"
    elif len(digits) != 10:
        problem = f"has {len(digits)} digit{'s' * (len(digits) != 1)}"
    elif digits[0] in "01" or digits[3] in "01":
        problem = "has an area code or exchange that begins with 0 or 1"
    else:
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    raise ValidationError(
        f"This number {problem}. Give ten digits without the leading 1, "
        "like (201) 448-9837."
    )


def dial(number: str) -> str:
    """'(201) 448-9837' → '+12014489837', for tel: links; '' stays ''."""
    digits = re.sub(r"\D", "", number)
    return f"+1{digits}" if digits else ""


class PhoneField(models.CharField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 20
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return normalise(value) if value else value
