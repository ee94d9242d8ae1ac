"""System checks that run before any command: each of the editor's mitigations, and a
Django whose private query API was examined; and, before a migration, that the database
is of no newer version.

The mitigations are what lets settings.py silence ckeditor.W001; the README lists them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import ckeditor
import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from lawblog.database import compiled_queries, migrated
from lawblog.html.cleaning import clean
from lawblog.html.richtext import OWN_PLUGINS

EXAMINED_VERSION = "6.7.4"
PLUGINS_OFF = {"preview", "exportpdf", "scayt", "wsc", "iframe", "templates"}


@register
def editor_is_hardened(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """lawblog.E001 to E005."""
    config = settings.CKEDITOR_CONFIGS.get("default", {})
    rules = [*_rules_of_apps(), *_rules_of_editor(config), _rule_of_what_is_served()]
    return [
        Error(message, hint=hint, id=f"lawblog.E{number:03}")
        for number, (holds, message, hint) in enumerate(rules, start=1)
        if not holds
    ]


# Whether it holds, what is wrong if it does not, and what to do about it.
Rule = tuple[bool, str, str]


def _rules_of_apps() -> list[Rule]:
    return [
        (
            ckeditor.__version__ == EXAMINED_VERSION,
            f"django-ckeditor is {ckeditor.__version__}, not {EXAMINED_VERSION}.",
            "Read what changed, try the editor, then change EXAMINED_VERSION.",
        ),
        (
            not apps.is_installed("ckeditor_uploader"),
            "The app ckeditor_uploader is installed.",
            "Remove it: it stores any file of any signed-in user, unchecked.",
        ),
    ]


def _rules_of_editor(config: Mapping[str, Any]) -> list[Rule]:
    return [
        (
            set(config.get("removePlugins", "").split(",")) >= PLUGINS_OFF
            and set(filter(None, config.get("extraPlugins", "").split(",")))
            <= set(OWN_PLUGINS),
            "The editor loads a plugin that must stay off.",
            f"removePlugins must name {', '.join(sorted(PLUGINS_OFF))}; add none but "
            f"our own {', '.join(sorted(OWN_PLUGINS))}.",
        ),
        (
            not config.get("allowedContent")
            and not config.get("fullPage")
            and config.get("versionCheck") is False,
            "The editor's own filter is off, or it asks for new versions.",
            "Leave allowedContent unset, and fullPage and versionCheck False.",
        ),
    ]


def _rule_of_what_is_served() -> Rule:
    return (
        not finders.find("ckeditor/ckeditor/plugins/preview/preview.html")
        and clean("<script>a</script><p onclick='b'>c</p>") == "<p>c</p>",
        "The editor's preview page is served, or the cleaner lets script through.",
        "See DROPPED in lawblog/site/staticfiles.py and CLEANER in "
        "lawblog/html/richtext.py.",
    )


@register
def django_is_examined(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """lawblog.E006: compiled_queries uses what Django does not promise to keep."""
    if django.VERSION[:2] in compiled_queries.EXAMINED:
        return []
    hint = (
        "Read what changed in django/db/models/query.py and sql/compiler.py, run "
        "tests/unit/test_compiled_queries.py, then add the version to EXAMINED in "
        "lawblog/database/compiled_queries.py."
    )
    message = f"Compiled queries were not examined with Django {django.__version__}."
    return [Error(message, hint=hint, id="lawblog.E006")]


@register(Tags.database)
def database_is_no_newer(
    app_configs: object, databases: Iterable[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """lawblog.E008: "migrate" would only make more of a mixture."""
    if "default" not in (databases or ()):
        return []
    sentence = migrated.newer_fault(MigrationLoader(connection))
    return [Error(sentence, id="lawblog.E008")] if sentence else []
