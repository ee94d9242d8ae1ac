"""Guessing passwords meets a limit; guessers lock nobody out; no address is kept."""

from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from lawblog.people import signin

LOGIN = "/admin/login/"
NOW = datetime(2026, 11, 24, 17, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def clock(attorney):
    caches["default"].clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def attempt(client, password, name="anna"):
    return client.post(LOGIN, {"username": name, "password": password})


def guess(client, times=signin.BY_NAME, name="anna"):
    for _ in range(times):
        assert "Too many" not in attempt(client, "wrong", name).content.decode()


def test_after_ten_wrong_passwords_even_the_right_one_waits(client, clock):
    guess(client)
    refused = attempt(client, "correct horse")
    assert refused.status_code == 200 and signin.TOO_MANY in refused.content.decode()
    assert attempt(client, "correct horse", "Anna").status_code == 200
    clock.shift(timedelta(minutes=15, seconds=1))
    assert attempt(client, "correct horse").status_code == 302


def test_another_account_is_not_held_back(client, staff):
    guess(client)
    assert attempt(client, "correct horse", "sam").status_code == 302


def test_a_right_password_forgets_the_slips_before_it(client):
    guess(client, 9)
    assert attempt(client, "correct horse").status_code == 302
    guess(Client(), 9)


def test_a_browser_that_was_let_in_before_is_not_locked_out_by_others(client, staff):
    attempt(client, "correct horse")
    client.post("/admin/logout/")
    guess(Client())
    assert attempt(client, "correct horse").status_code == 302
    client.post("/admin/logout/")
    guess(client)
    assert signin.TOO_MANY in attempt(client, "correct horse").content.decode()


def test_that_browser_helps_with_no_other_account(client, staff):
    attempt(client, "correct horse", "sam")
    client.post("/admin/logout/")
    guess(Client())
    assert signin.TOO_MANY in attempt(client, "correct horse").content.decode()


@pytest.mark.parametrize("cookie", ["", "a", "WyJhIl0:a:b", "x" * 5000])
def test_a_made_up_cookie_is_no_browser_of_ours(client, cookie):
    guess(Client())
    client.cookies[signin.COOKIE] = cookie
    assert attempt(client, "correct horse").status_code == 200


def test_made_up_names_meet_the_limit_for_all(client, monkeypatch):
    monkeypatch.setattr(signin, "OVERALL", 3)
    for number in range(3):
        guess(client, 1, f"name{number}")
    assert signin.TOO_MANY in attempt(client, "correct horse").content.decode()
    assert len(caches["default"]._cache) == 4


def test_what_is_counted_holds_no_name_and_no_address(client):
    client.post(
        LOGIN, {"username": "anna", "password": "wrong"}, REMOTE_ADDR="192.0.2.7"
    )
    kept = str(caches["default"]._cache)
    assert "sign-in" in kept and "anna" not in kept and "192.0.2.7" not in kept


def test_the_cookie_goes_to_the_sign_in_page_alone(client):
    cookie = attempt(client, "correct horse").cookies[signin.COOKIE]
    assert (cookie["path"], cookie["samesite"]) == (LOGIN, "Strict")
    assert cookie["httponly"] and "anna" not in cookie.value
    assert signin.COOKIE not in attempt(Client(), "wrong").cookies


def test_without_redis_this_process_goes_on_counting(client, settings):
    pytest.importorskip("redis")
    from lawblog.pagecache import redis

    settings.REDIS_URL = "unix:///nowhere/redis"
    settings.CACHES = redis.caches(settings.REDIS_URL)
    guess(client)
    assert signin.TOO_MANY in attempt(client, "correct horse").content.decode()
