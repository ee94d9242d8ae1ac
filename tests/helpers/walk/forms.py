"""Forms as a browser finds them in a page, and what somebody may make of them."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

FORGED = "Forged words"
# Of everybody, and what somebody would have it be.
OLD_PASSWORD, PASSWORD = "correct horse", "a forged horse battery"


@dataclass
class Form:
    """`fields`: {name: [values]} as the page has them; `kinds`: {name: type of the
    input}; `choices`: {name: values of a select}; `buttons`: [(name, value)]."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def body(self, button: tuple[str, str] | None = None) -> dict:
        pressed = {button[0]: [button[1]]} if button and button[0] else {}
        return {**self.fields, **pressed}

    def forged(self, button: tuple[str, str] | None, boxes: bool) -> dict:
        """Other words in every text and, with `boxes`, every box ticked or unticked
        and other choices. Rows that a formset has to spare stay empty."""
        body = self.body(button)
        for name, kind in self.kinds.items():
            is_choice = kind in ("checkbox", "select", "multiple", "number")
            if name in NOT_FORGED or self._is_spare(name) or (is_choice and not boxes):
                continue
            value = (self.fields.get(name) or [""])[0]
            body[name] = forge(name, kind, value, self.choices.get(name, []))
        return body

    def _is_spare(self, name: str) -> bool:
        row = re.match(r"(.+-\d+)-", name)
        deletes = name.endswith("-DELETE")
        return bool(row) and (deletes or not self.fields.get(f"{row[1]}-id", [""])[0])


# What another text would be refused for.
PLAUSIBLE = {
    "date": "2026-12-01",
    "day": "2026-11-05",
    "authority": "INA 287(g)",
    "key": "form.I-485",
    "source": "https://www.uscis.gov/i-485",
    "part": "7",
    "state": "NY",
    "zip_code": "10007",
    "phone": "(201) 448-9837",
    "fax": "(201) 448-9837",
    "time_zone": "America/New_York",
    "username": "forged",
    "old_password": OLD_PASSWORD,
    "first_day": "2026-12-01",
    "last_day": "2026-12-01",
    "law_as_of": "2026-11-01",
    "address": "/forged-old",
    "target": "/about/",
}
NOT_FORGED = {
    "version_token",
    "csrfmiddlewaretoken",
    "action",
    "next",
    "q",
    "_selected_action",
}
KEPT = ("date", "time", "number", "url", "hidden", "radio", "datetime-local")


def forge(name: str, kind: str, value: str, choices: list[str]) -> list:
    if kind == "password":
        return [PLAUSIBLE.get(name, PASSWORD)]
    if kind == "email":
        return ["forged@firm.example"]
    if kind in ("checkbox", "multiple"):
        return [] if value else choices
    if kind == "file":
        return [picture]
    if kind == "select":
        others = [choice for choice in choices if choice not in ("", value)]
        return others[:1] or [value]
    if kind in KEPT or re.match(r"\d[\d:/-]+$", value):
        return [value or PLAUSIBLE.get(name, "")]
    if "slug" in name:
        return [f"{value}-forged".strip("-")]
    if kind == "textarea":
        return [f"{value}<p>{FORGED}</p>"]
    return [PLAUSIBLE.get(name) or f"{value} {FORGED}".strip()]


def picture(color: str = "red") -> SimpleUploadedFile:
    """A picture, of a color that was perhaps never uploaded before."""
    out = io.BytesIO()
    Image.new("RGB", (9, 9), color).save(out, "PNG")
    return SimpleUploadedFile("forged.png", out.getvalue())


def to_send(body: dict[str, list]) -> dict:
    """Data for Client.post(): files are opened anew, empty lists left out."""
    made = {}
    for name, values in body.items():
        made[name] = [
            value() if isinstance(value, Callable) else value for value in values
        ]
    return {name: values for name, values in made.items() if values}


def forms_in(html: str) -> list[Form]:
    parser = _Parser()
    parser.feed(html)
    return parser.forms


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.open: Form | None = None
        self.text = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(found.get("action", ""))
            if found.get("method", "").lower() == "post":
                self.forms.append(self.open)
            self.by_id[found.get("id", "")] = self.open
        form = self.by_id.get(found["form"]) if "form" in found else self.open
        handle = getattr(self, f"_{tag}", None)
        if form and handle:
            handle(form, found)

    def _input(self, form: Form, found: dict[str, str]) -> None:
        name, kind = found.get("name", ""), found.get("type", "text")
        value = found.get("value", "on" if kind == "checkbox" else "")
        if kind == "submit":
            form.buttons.append((name, value))
        elif name:
            form.kinds[name] = kind
            form.choices.setdefault(name, []).append(value)
            if kind in ("checkbox", "radio") and "checked" not in found:
                return
            form.fields.setdefault(name, []).append(value)

    def _button(self, form: Form, found: dict[str, str]) -> None:
        if found.get("type", "submit") == "submit":
            form.buttons.append((found.get("name", ""), found.get("value", "")))

    def _textarea(self, form: Form, found: dict[str, str]) -> None:
        self.text = found.get("name", "")
        form.kinds[self.text] = "textarea"
        form.fields[self.text] = [""]

    def _select(self, form: Form, found: dict[str, str]) -> None:
        self.select = found.get("name", "")
        form.kinds[self.select] = "multiple" if "multiple" in found else "select"
        form.choices[self.select] = []

    def _option(self, form: Form, found: dict[str, str]) -> None:
        if not self.select:
            return
        form.choices[self.select].append(found.get("value", ""))
        first = form.kinds[self.select] == "select" and self.select not in form.fields
        if "selected" in found or (first and not found.get("value")):
            chosen = form.fields.setdefault(self.select, [])
            chosen[:] = [] if chosen == [""] else chosen
            chosen.append(found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.text and self.open:
            self.open.fields[self.text][0] += data.removeprefix("\r\n").removeprefix(
                "\n"
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.text = ""
        elif tag == "select":
            self.select = ""


def bodies(form: Form) -> Iterator[tuple[str, dict]]:
    """(what, body): the form as it is, and forged with each of its buttons; once each,
    for of many forms nothing but the button can be forged."""
    known: list[dict] = []
    for what, body in _bodies(form):
        if body not in known:
            known.append(body)
            yield what, body


def _bodies(form: Form) -> Iterator[tuple[str, dict]]:
    # The last two save what "_save" saves, and lead to another page.
    other_way = ("_addanother", "_continue")
    buttons = [b for b in dict.fromkeys(form.buttons) if b[0] not in other_way]
    yield "as it is", form.body(buttons[0] if buttons else None)
    for button in buttons or [("", "")]:
        yield f"other words {button[0]}".strip(), form.forged(button, boxes=False)
    if {"checkbox", "select", "multiple"} & set(form.kinds.values()):
        yield "other boxes", form.forged((buttons or [None])[0], boxes=True)


def nonsense(form: Form) -> Iterator[tuple[str, dict]]:
    """(what, body): what is no row's number, wherever a row is chosen."""
    kinds = ("select", "multiple", "hidden")
    chosen = [n for n, kind in form.kinds.items() if kind in kinds]
    chosen = [n for n in chosen if n != "csrfmiddlewaretoken" and "_FORMS" not in n]
    for value in ("walked", "9" * 30, "0001-01-01"):
        yield value[:10], {**form.body(), **{name: [value] for name in chosen}}
