"""Serves the apps' static files, except the dangerous parts of the editor."""

from collections.abc import Iterable
from fnmatch import fnmatch
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

# Plugins of the editor that are switched off (richtext.EDITOR), old, or able to send an
# article elsewhere. What is not served cannot be attacked.
PLUGINS = """
    about adobeair ajax autoembed autogrow autolink bbcode codesnippet
    codesnippetgeshi colordialog copyformatting devtools dialogadvtab div
    divarea docprops embed embedbase embedsemantic exportpdf find flash forms
    iframe iframedialog image2 language magicline mathjax newpage pagebreak
    placeholder preview print save scayt sharedspace smiley sourcedialog
    specialchar stylesheetparser templates uicolor wsc
""".split()
DROPPED = [
    "ckeditor/galleriffic/*",
    "ckeditor/ckeditor/adapters/*",
    "ckeditor/ckeditor/vendor/*",
    "*/samples/*",
    "ckeditor/*.md",
    *(f"ckeditor/ckeditor/plugins/{plugin}/*" for plugin in PLUGINS),
]


class AppFinder(AppDirectoriesFinder):
    """Django's finder of static files in apps, without the DROPPED ones."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or []), *DROPPED])

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        if any(fnmatch(path, pattern) for pattern in DROPPED):
            return []
        return super().find(path, *args, **kwargs)
