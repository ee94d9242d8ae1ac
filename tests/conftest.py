"""What the suite runs in: settings before Django reads them, fixtures of helpers."""

import gc
import os
import shutil
import tempfile

import hypothesis
import pytest

# Before Django reads them: whatever this machine has set, tests are the same.
os.environ["SITE_URL"] = "http://127.0.0.1:8000"
os.environ["SECRET_KEY"] = "not-a-secret-" * 5
os.environ.pop("SECRET_KEY_FILE", None)
# Named below. A worker that inherits the name reads them before it has a VAR_DIR.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)
for name in (
    "REQUIRE_SECOND_FACTOR",
    "REDIS_URL",
    "DATABASE_REPLICA_URL",
    "CDN_PURGE_URL",
    "EMAIL_URL",
):
    os.environ[name] = ""
# One folder for a run, of which its workers hear, and in it one for each.
OURS = "TESTS_DIR" not in os.environ
if OURS:
    os.environ["TESTS_DIR"] = tempfile.mkdtemp(prefix="lawblog-tests-")
os.environ["VAR_DIR"] = tempfile.mkdtemp(dir=os.environ["TESTS_DIR"])
# WhiteNoise warns of a folder that is not there.
os.mkdir(os.path.join(os.environ["VAR_DIR"], "static"))
# Playwright keeps an event loop in the thread that also sets up the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Whether invented texts pass does not depend on how busy the machine is.
hypothesis.settings.register_profile(
    "steady",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")

# Their fixtures need Django's models to be there. Others import the first four.
HELPERS = """
    clock fragments noted sites articles at_once browser captured database exported
    fast firefox firm forking clones isolation law_changes mail one_site pagecache
    pages desk_pages answers people pictures recorded restoring showing walk.site
""".split()


# Of what is made while tests are collected hardly anything goes before they begin.
gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    if only_hands_out_tests(config):
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "lawblog.settings"
    import django
    from django.conf import settings

    # No collectstatic before tests: names without a hash, found in the apps.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from helpers.undefined import refuse_undefined_names

    refuse_undefined_names()
    django.setup()
    for name in HELPERS:
        config.pluginmanager.import_plugin(f"helpers.{name}")


def only_hands_out_tests(config: pytest.Config) -> bool:
    """Whether this process has workers: those need Django, and begin when it has."""
    if hasattr(config, "workerinput") or config.getoption("collectonly"):
        return False
    return config.getoption("dist", "no") != "no"


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Servers and browsers first: so one worker alone starts what their tests share,
    while the other has the small ones and then takes from the end."""
    order = {"machines": 0, "browser": 1}
    items.sort(key=lambda item: order.get(item.path.parent.name, 2))


def pytest_collection_finish() -> None:
    """Python looks through all that it holds for what nobody needs, again and again;
    of what was there before the first test that is nothing. A fifth of all work."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 50, 50)


def pytest_report_header() -> str:
    kind, _, _ = (os.environ.get("DATABASE_URL") or "sqlite:").partition(":")
    return f"database: {kind}"


def pytest_unconfigure() -> None:
    if OURS:
        shutil.rmtree(os.environ.pop("TESTS_DIR"), ignore_errors=True)
