"""A wrong setting is refused with one sentence; https brings all that it can carry."""

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from helpers.served import new_site

from lawblog.database import migrated
from lawblog.database.env import env_database
from lawblog.env import (
    env_directory,
    env_hosts,
    env_int,
    env_recipients,
    env_site_url,
    env_str,
)
from lawblog.notices.env import MailServer, env_mail

ROOT = Path(__file__).resolve().parents[2]
LISTED = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
HTTPS = "https://www.example.com"
DUMP = """
import json
from django.conf import settings
names = '''SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT
    SECURE_HSTS_SECONDS SECURE_PROXY_SSL_HEADER DEBUG ALLOWED_HOSTS'''.split()
print(json.dumps([getattr(settings, name) for name in names]))
"""


@pytest.fixture
def start(tmp_path, forked):
    """start("manage.py", "check", SITE_URL="…") → the finished process."""

    def run(*command, **variables):
        # A variable that is empty is not taken from a .env file either.
        environment = {
            **dict.fromkeys(LISTED, ""),
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "lawblog.settings",
            "VAR_DIR": str(tmp_path),
            "SITE_URL": "http://127.0.0.1:8000",
            "SECRET_KEY": "not-a-secret-" * 5,
            **variables,
        }
        return forked(*command, env=environment)

    return run


@pytest.mark.parametrize(
    "variables, sentence",
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is empty. Set it, or SECRET_KEY_FILE, to 50"),
        (
            {"SECRET_KEY_FILE": "/nowhere/key"},
            "SECRET_KEY_FILE names /nowhere/key, which cannot be read: ",
        ),
        ({"SITE_URL": ""}, "SITE_URL is '': give the site's address, like https://"),
        ({"SITE_URL": "http://www.example.com"}, ": use https. Plain http is accepted"),
        ({"DEBUG": "yes"}, "DEBUG is 'yes': use True or False."),
        ({"BEHIND_PROXY": "1"}, "BEHIND_PROXY is '1': use True or False."),
        ({"VAR_DIR": "~/site"}, "VAR_DIR is '~/site': write the full path"),
        ({"VAR_DIR": "/dev/null/x"}, "VAR_DIR is /dev/null/x, which cannot be made: "),
        ({"DATABASE_URL": "mysql://a:s3cret@b/c"}, "DATABASE_URL is not a database"),
        (
            {"DATABASE_REPLICA_URL": "postgres://a:s3cret@b/c"},
            "DATABASE_REPLICA_URL names another kind of database than DATABASE_URL.",
        ),
        ({"REDIS_URL": "http://:s3cret@b"}, "REDIS_URL is not the address of a Redis"),
        ({"CDN_PURGE_URL": "cdn.example/s3cret"}, "CDN_PURGE_URL is not an http://"),
        ({"EMAIL_URL": "mail.example.com:s3cret"}, "EMAIL_URL is no mail server's"),
        ({"EMAIL_URL": "smtp+tls://a:s3cret@b:port"}, "EMAIL_URL is no mail server's"),
        ({"EMAIL_URL": "smtp+tls://a:s3cret@b/?c=d"}, "EMAIL_URL is no mail server's"),
        (
            {"EMAIL_URL": "smtp://a:s3cret@b"},
            "EMAIL_URL would send passwords and links",
        ),
        ({"EMAIL_URL": "smtp+tls://:s3cret@b"}, "EMAIL_URL has a user without a"),
        ({"EMAIL_URL": "smtp+ssl://a:s3cret@b"}, "EMAIL_FROM is no mail address."),
        (
            {"EMAIL_URL": "smtp://localhost", "EMAIL_FROM": "a@b.com\nBcc: c@d.com"},
            "EMAIL_FROM is no mail address.",
        ),
        ({"ONION_URL": "https://abc.onion"}, "ONION_URL is 'https://abc.onion': use"),
        ({"SECURITY_CONTACT": "me"}, "SECURITY_CONTACT is 'me': use mailto:NAME@HOST"),
        ({"CDN_PURGE_HEADER": "s3cret"}, "CDN_PURGE_HEADER is no header. Write it"),
    ],
    ids=str,
)
def test_a_wrong_value_stops_with_one_sentence(start, variables, sentence):
    process = start("manage.py", "check", **variables)
    assert process.returncode == 1
    assert process.stderr.startswith("Settings: ") and sentence in process.stderr
    assert process.stderr.count("\n") == 1
    assert "Traceback" not in process.stderr and "s3cret" not in process.stderr


@pytest.mark.parametrize(
    "value, server",
    [
        ("", MailServer()),
        (
            "smtp+tls://ann%40b.com:p%40s%2Fs@mail.b.com",
            MailServer(
                "mail.b.com", 587, "ann@b.com", "p@s/s", True, False, "ann@b.com"
            ),
        ),
        (
            "smtp+ssl://u:p@mail.b.com:4650",
            MailServer("mail.b.com", 4650, "u", "p", False, True, "desk@b.com"),
        ),
        (
            "smtp://127.0.0.1",
            MailServer("127.0.0.1", 25, "", "", False, False, "desk@b.com"),
        ),
    ],
)
def test_a_mail_server_is_read_from_its_address(monkeypatch, value, server):
    monkeypatch.setenv("MAIL", value)
    sender = "" if "%40b" in value else "desk@b.com"
    assert env_mail("MAIL", sender) == server


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_said_in_a_sentence(start, tmp_path):
    url = f"postgres://ann:s3cret@/blog?host={tmp_path}"
    process = start("manage.py", "migrate", DATABASE_URL=url)
    assert process.returncode == 1
    assert process.stderr.startswith("The database did not answer. Check DATABASE_URL.")
    assert "Traceback" not in process.stderr and "s3cret" not in process.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "url", ["sqlite:///{}/key", "postgres://ann:s3cret@/blog?host={}&foo=bar"]
)
def test_an_address_of_no_database_is_said_in_a_sentence(start, tmp_path, url):
    (tmp_path / "key").write_text("not a database " * 99)
    process = start("manage.py", "migrate", DATABASE_URL=url.format(tmp_path))
    assert process.returncode == 1
    assert "DATABASE_URL" in process.stderr and "Traceback" not in process.stderr


@pytest.mark.slow
def test_a_missing_table_and_a_newer_version_are_told_as_such(start, tmp_path):
    done = start("manage.py", "setup")
    assert done.returncode == 1 and done.stderr.startswith(migrated.UNMIGRATED)
    new_site(tmp_path)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        row = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '')"
        database.execute(row, ["posts", "9999_of_tomorrow"])
        database.commit()
    done = start("manage.py", "migrate")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "newer version of this site (it has posts.9999_of_tomorrow)" in done.stderr


@pytest.mark.slow
def test_the_key_may_be_in_a_file(start, tmp_path):
    (tmp_path / "key").write_text("from-the-file-" * 5 + "\n")
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    process = start("-c", code, SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))
    assert process.stdout == "from-the-file-" * 5 + "\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "variables, secure, hsts, proxy, hosts",
    [
        ({"SITE_URL": HTTPS}, True, 31536000, None, ["www.example.com"]),
        (
            {"SITE_URL": HTTPS, "HSTS_SECONDS": "60", "BEHIND_PROXY": "True"},
            *(True, 60, ["HTTP_X_FORWARDED_PROTO", "https"], ["www.example.com"]),
        ),
        (
            {"SITE_URL": "http://localhost:8000", "HSTS_SECONDS": "60"},
            *(False, 0, None, ["127.0.0.1", "[::1]", "localhost"]),
        ),
    ],
)
def test_the_address_decides_what_is_secure(
    start, variables, secure, hsts, proxy, hosts
):
    process = start("-c", DUMP, **variables)
    *values, found = json.loads(process.stdout)
    assert values == [secure, secure, secure, hsts, proxy, False]
    assert sorted(found) == hosts


@pytest.mark.parametrize(
    "read, name, value",
    [
        (env_site_url, "SITE_URL", "www.example.com"),
        (env_site_url, "SITE_URL", "ftp://www.example.com"),
        (env_site_url, "SITE_URL", "https://"),
        (env_site_url, "SITE_URL", "https://[::1"),
        (env_site_url, "SITE_URL", f"{HTTPS}/blog"),
        (env_site_url, "SITE_URL", f"{HTTPS}:port"),
        (env_site_url, "SITE_URL", f"{HTTPS}:99999"),
        (env_site_url, "SITE_URL", "http://10.0.0.1"),
        (env_site_url, "SITE_URL", "http://localhost.example.com"),
        (env_site_url, "SITE_URL", f"{HTTPS}?a=b"),
        (env_site_url, "SITE_URL", f"{HTTPS}#a"),
        (env_site_url, "SITE_URL", "https://ann:pw@example.com"),
        (env_site_url, "SITE_URL", "https://www .example.com"),
        (env_site_url, "SITE_URL", "https://bücher.example"),
        (env_database, "DATABASE_URL", "garbage"),
        (env_database, "DATABASE_URL", "mysql://ann:s3cret@db/blog"),
        (env_database, "DATABASE_URL", "postgres://ann:s3cret@db"),
        (env_database, "DATABASE_URL", "postgres://ann:s3cret@db:port/blog"),
        (env_database, "DATABASE_URL", "postgres://ann:s3cret@db:99999/blog"),
        (env_database, "DATABASE_URL", "postgres://ann:s3cret?@db/blog"),
        (env_database, "DATABASE_URL", "postgres://ann:s3cret%00@db/blog"),
        (env_database, "DATABASE_URL", "sqlite:///blog.sqlite3"),
        (env_database, "DATABASE_URL", "sqlite://blog.sqlite3"),
        (env_database, "DATABASE_URL", "sqlite://:memory:"),
        (env_int, "HSTS_SECONDS", "-1"),
        (env_int, "HSTS_SECONDS", "9" * 5000),
        (env_int, "HSTS_SECONDS", "1e3"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(monkeypatch, read, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is ") as refusal:
        read(*(name, Path("1")) if read is not env_site_url else (name,))
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize(
    "read, value",
    [
        (env_hosts, "https://a.example"),
        (env_hosts, "a.example, b.example/c"),
        (env_recipients, "AGE-SECRET-KEY-1S3CRET"),
    ],
)
def test_one_of_several_is_refused_by_name_too(monkeypatch, read, value):
    monkeypatch.setenv("SEVERAL", value)
    with pytest.raises(ImproperlyConfigured, match="^SEVERAL") as refusal:
        read("SEVERAL")
    assert "S3CRET" not in str(refusal.value)


def test_hosts_may_be_any_that_a_browser_can_ask_for(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example,.b.example, 10.0.0.1,[::1],*")
    assert len(env_hosts("HOSTS")) == 5


def test_a_folder_is_the_same_one_wherever_the_command_is_given(monkeypatch):
    monkeypatch.setenv("FOLDER", "lawblog")
    monkeypatch.chdir("/")
    assert env_directory("FOLDER", Path("other")) == ROOT / "lawblog"


def test_a_folder_of_any_name_can_hold_the_database(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    file = tmp_path / "100%41 möglich?#x"
    assert env_database("DATABASE_URL", file)["NAME"] == str(file)


@pytest.mark.parametrize("password", ["a@b", "a#b", "a:b c", "100%", "ü+'\"$", "%2F"])
def test_a_password_may_hold_what_it_likes(monkeypatch, password):
    monkeypatch.setenv("DATABASE_URL", f"postgres://ann:{password}@db/blog")
    found = env_database("DATABASE_URL", Path())
    assert found["PASSWORD"] == password.replace("%2F", "/")
    assert found["HOST"] == "db"


def test_a_sockets_folder_is_written_as_postgresql_has_it(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://ann:pw@%2Frun%2Fpostgresql/blog")
    assert env_database("DATABASE_URL", Path())["HOST"] == "/run/postgresql"


def test_a_slash_at_the_end_of_the_address_does_no_harm(monkeypatch):
    monkeypatch.setenv("SITE_URL", f"{HTTPS}:8443/")
    assert env_site_url("SITE_URL").geturl() == f"{HTTPS}:8443"


def test_a_secret_in_a_file_goes_before_one_in_the_environment(monkeypatch, tmp_path):
    (tmp_path / "url").write_text("sqlite:////in/a/file\n")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////in/the/environment")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    assert env_str("DATABASE_URL") == "sqlite:////in/a/file"
    assert env_database("DATABASE_URL", Path())["NAME"] == "/in/a/file"


def test_every_variable_is_in_the_example_and_the_other_way_round():
    code = (ROOT / "lawblog/settings.py").read_text()
    make = (ROOT / "Makefile").read_text()
    read = set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"', code))
    given = re.findall(r"^export ([A-Z_]+)", make, re.MULTILINE)
    assert read == set(LISTED)
    assert {name.removesuffix("_FILE") for name in given} <= read
    # What make alone reads is told at the top of the Makefile.
    own = re.findall(r"^([A-Z]+) \?=", make, re.MULTILINE)
    assert all(f"{name}=" in make.partition("\n")[0] for name in own)


COOKIES = """
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.REQUIRE_SECOND_FACTOR,
      s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_SECURE)
"""


@pytest.mark.parametrize(
    "variables, told",
    [
        ({}, "sessionid csrftoken False / None False"),
        ({"REQUIRE_SECOND_FACTOR": "True"}, "sessionid csrftoken True / None False"),
        ({"SITE_URL": HTTPS}, "__Host-session __Host-csrf True / None True"),
        (
            {"SITE_URL": HTTPS, "REQUIRE_SECOND_FACTOR": "False"},
            "__Host-session __Host-csrf True / None True",
        ),
    ],
)
def test_https_brings_bound_cookies_and_second_factors(start, variables, told):
    assert start("-c", COOKIES, **variables).stdout.strip() == told


def test_nginx_knows_the_cookie_of_the_session():
    recipe = (ROOT / "deploy/nginx.conf").read_text()
    assert "(?:__Host-session|sessionid)=" in recipe
