"""Whatever somebody makes up to send: a page in the language of the address that says
so, and at most one short line in the log, which holds nothing of theirs."""

import io
import logging
import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from lawblog.logs import Line

pytestmark = pytest.mark.slow

WHO, TYPED = "203.0.113.77", "secret-of-theirs"
MANY = "&".join(f"{TYPED}{n}=1" for n in range(2000))
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
NEW = "/admin/posts/post/add/"
Answered = Callable[[Client], HttpResponse]


def part(headers: str, number: int = 1) -> bytes:
    lines = [f"--x\r\nContent-Disposition: form-data; {headers}\r\n\r\n1\r\n"]
    return "".join(line.replace("#", str(n)) for n in range(number) for line in lines)


class HangsUp(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError("reset by peer")


def get(path: str, **headers: str) -> Answered:
    return lambda client: client.get(path, **headers)


def post(path: str, body: str | bytes, kind: str = FORM, **environ: object) -> Answered:
    return lambda client: client.generic("POST", path, body, kind, **environ)


# {what: (how it is asked, the status, the language)}
KINDS: dict[str, tuple[Answered, int, str]] = {
    "many parameters": (get(f"/?{MANY}"), 400, "en"),
    "of a search": (get(f"/es/search/?{MANY}"), 400, "es"),
    "of a feed": (get(f"/feed/?{MANY}"), 400, "en"),
    "of no page": (get(f"/es/nothing/?{MANY}"), 400, "es"),
    "of an address without its slash": (get(f"/posts?{MANY}"), 400, "en"),
    "of one in capitals": (get(f"/es/POSTS/?{MANY}"), 400, "es"),
    "of a list of the desk": (get(f"/admin/posts/post/?{MANY}"), 400, "en"),
    "of the sign-in": (get(f"/admin/login/?{MANY}"), 400, "en"),
    "many fields": (post(NEW, MANY), 400, "en"),
    "many fields of no page": (post("/admin/nothing/", MANY), 404, "en"),
    "many parts": (post(NEW, part('name="a#"', 2000), PARTS), 400, "en"),
    "many files": (post(NEW, part('name="a#"; filename="a"', 200), PARTS), 413, "en"),
    "a form that is too long": (post(NEW, b"a=" + b"1" * 17 * 2**20), 413, "en"),
    "parts without a boundary": (post(NEW, b"--x", "multipart/form-data"), 400, "en"),
    "a boundary that is none": (post(NEW, b"--x", f"{PARTS}\xe9"), 400, "en"),
    "a part with an endless head": (
        post(NEW, part(f'name="{"a" * 5000}"'), PARTS),
        400,
        "en",
    ),
    "a form in another encoding": (
        post(NEW, b"a=1", f"{FORM}; charset=utf-16"),
        400,
        "en",
    ),
    "a length below nothing": (post(NEW, b"a", PARTS, CONTENT_LENGTH="-5"), 400, "en"),
    "a length that is none": (post(NEW, b"a", FORM, CONTENT_LENGTH="a"), 400, "en"),
    "somebody hangs up": (
        post(NEW, b"a=1", FORM, **{"wsgi.input": HangsUp()}),
        400,
        "en",
    ),
    "and among parts": (
        post(NEW, b"a=1", PARTS, **{"wsgi.input": HangsUp()}),
        400,
        "en",
    ),
    "another host": (get("/es/posts/", HTTP_HOST=f"{TYPED}.example"), 400, "es"),
    "what is no host": (get("/", HTTP_HOST="a b<>"), 400, "en"),
    "another host of a file": (get("/feed/", HTTP_HOST=TYPED), 400, "en"),
    "another host of the desk": (get("/admin/", HTTP_HOST=TYPED), 400, "en"),
    "a NUL": (get(f"/es/posts/{TYPED}%00/"), 400, "es"),
    "a NUL in a search": (get("/search/?q=a%00b"), 400, "en"),
    "a NUL at the desk": (get("/admin/posts/post/?q=a%00b"), 400, "en"),
    "a pattern": (get("/admin/posts/post/?id__regex=("), 400, "en"),
    "bytes that are no text": (get(f"/es/{TYPED}%ff%c3%28/"), 404, "es"),
    "a broken escape": (get("/posts/%zz/"), 404, "en"),
    "a way out": (get("/media/..%2f..%2fetc/passwd"), 404, "en"),
    "a long address": (get(f"/es/posts/{TYPED}{'a' * 20_000}/"), 404, "es"),
}
# What a page answers, as if it had not come.
IGNORED: dict[str, Answered] = {
    "a way on that is none": get("/admin/login/?next=http://["),
    "a long cookie": get("/admin/", HTTP_COOKIE=f"sessionid={'a' * 9000}"),
    "a cookie that is none": get("/admin/", HTTP_COOKIE="sessionid=\xff; messages=%"),
    "a former time": get("/", HTTP_IF_MODIFIED_SINCE="x" * 500),
    "a former page": get("/", HTTP_IF_NONE_MATCH='W/"\xff'),
    "a range": get("/", HTTP_RANGE="bytes=-"),
    "a language": get("/admin/", HTTP_ACCEPT_LANGUAGE="x" * 9000),
    "an origin": get("/", HTTP_ORIGIN="http://["),
    "a long search": get(f"/es/search/?q={'a' * 200_000}"),
}
TITLES = {
    ("en", 404): "Page not found",
    ("es", 404): "Página no encontrada",
    ("en", 400): "We could not read this request",
    ("es", 400): "No pudimos leer esta solicitud",
}


@pytest.fixture
def stranger(set_up: None, client: Client) -> Client:
    client.raise_request_exception = False
    client.defaults["REMOTE_ADDR"] = WHO
    return client


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """The lines that the server would have written since it was asked last."""
    line = Line("{levelname} {name} {message}", style="{")

    def lines() -> list[str]:
        found = [line.format(record) for record in caplog.records]
        caplog.clear()
        return found

    with caplog.at_level(logging.WARNING):
        yield lines


def faults(lines: list[str]) -> list[str]:
    """Lines that nobody should find in the log."""
    told = [line for line in lines if WHO in line or TYPED in line or len(line) > 120]
    return told or (lines if len(lines) > 1 or "\n" in "".join(lines) else [])


def test_what_somebody_made_up_is_answered_in_words_and_hardly_logged(
    stranger: Client, logged: Callable[[], list[str]]
) -> None:
    people = {False: None, True: User.objects.get(is_superuser=True)}
    for is_desk, person in people.items():
        if person:
            stranger.force_login(person)
        for what, (ask, status, language) in KINDS.items():
            if is_desk != (language == "en"):
                continue
            answer = ask(stranger)
            page = answer.content.decode()
            lines = logged()
            assert answer.status_code == status, (what, lines)
            title = TITLES[language, 404 if status == 404 else 400]
            assert title in re.search("<title>(.*?)</title>", page, re.S)[1], what
            assert f'<html lang="{language}"' in page, what
            assert answer["Content-Language"] == language, what
            assert not faults(lines), what


def test_what_no_page_needs_does_not_keep_it_from_answering(
    stranger: Client, logged: Callable[[], list[str]]
) -> None:
    for what, ask in IGNORED.items():
        assert ask(stranger).status_code < 400 and not logged(), what
