"""What must hold before any command runs: the editor's mitigations, one by one.

They are what lets settings.py silence ckeditor.W001; the README lists them.
"""

import ckeditor
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import Error, register

from lawblog.html.richtext import clean

EXAMINED_VERSION = "6.7.4"
PLUGINS_OFF = {"preview", "exportpdf", "scayt", "wsc", "iframe", "templates"}


@register
def editor_is_hardened(app_configs, **kwargs):
    config = settings.CKEDITOR_CONFIGS.get("default", {})
    rules = [
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
        (
            set(config.get("removePlugins", "").split(",")) >= PLUGINS_OFF
            and not config.get("extraPlugins"),
            "The editor loads a plugin that must stay off.",
            f"removePlugins must name {', '.join(sorted(PLUGINS_OFF))}; add none.",
        ),
        (
            not config.get("allowedContent")
            and not config.get("fullPage")
            and config.get("versionCheck") is False,
            "The editor's own filter is off, or it asks for new versions.",
            "Leave allowedContent unset, and fullPage and versionCheck False.",
        ),
        (
            not finders.find("ckeditor/ckeditor/plugins/preview/preview.html")
            and clean("<script>a</script><p onclick='b'>c</p>") == "<p>c</p>",
            "The editor's preview page is served, or the cleaner lets script through.",
            "See DROPPED in lawblog/site/staticfiles.py and CLEANER in "
            "lawblog/html/richtext.py.",
        ),
    ]
    return [
        Error(message, hint=hint, id=f"lawblog.E{number:03}")
        for number, (holds, message, hint) in enumerate(rules, start=1)
        if not holds
    ]
