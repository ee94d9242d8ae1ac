"""Serves the apps' static files, except the dangerous parts of the editor, and what no
browser asks us for, which would only take longer to collect."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from lawblog.atomic_files import AtomicFileSystemStorage

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
    # How the editor looked before.
    "ckeditor/ckeditor/skins/moono/*",
    # For the Internet Explorer.
    "ckeditor/ckeditor/skins/moono-lisa/*_ie*.css",
]
# What the admin takes with DEBUG alone, and else a shorter one.
FOR_DEBUG = {
    "admin/js/vendor/jquery/jquery.js",
    "admin/js/vendor/select2/select2.full.js",
    "admin/js/vendor/xregexp/xregexp.js",
}
# Words of the editor and of Select2 in one language.
WORDS = re.compile(r"(?:admin|ckeditor)/.+/(?:i18n|lang)/([a-z]+)(?:-\w+)?\.js")


def is_served(path: str) -> bool:
    if path in FOR_DEBUG:
        return settings.DEBUG
    words = WORDS.fullmatch(path)
    ours = {code.partition("-")[0] for code, _ in settings.LANGUAGES}
    if words and words[1] not in ours:
        return False
    return not any(fnmatch(path, pattern) for pattern in DROPPED)


class AppFinder(AppDirectoriesFinder):
    """Django's finder of static files in apps, for those that are served."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        found = super().list(ignore_patterns)
        return ((path, storage) for path, storage in found if is_served(path))

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        return super().find(path, *args, **kwargs) if is_served(path) else []


class CachingCompressor(Compressor):
    """Compresses the same bytes once, whatever the names of files. What compressing
    makes no smaller has nothing beside it: not what an earlier file left there."""

    compress_brotli = staticmethod(cache(Compressor.compress_brotli))
    compress_gzip = staticmethod(cache(Compressor.compress_gzip))

    def compress(self, path: str) -> list[str]:
        made: list[str] = super().compress(path)
        for left in {f"{path}.br", f"{path}.gz"}.difference(made):
            Path(left).unlink(missing_ok=True)
        return made


class Storage(CompressedManifestStaticFilesStorage, AtomicFileSystemStorage):
    """WhiteNoise's, in half the time: nearly all files lie under two names, with and
    without a hash. A full disk leaves no half-written file to be served."""

    def get_modified_time(self, name: str) -> NoReturn:
        """Without it collectstatic takes every file. Those of a release that is put
        back are older than what they replace, and would be left out."""
        raise NotImplementedError

    def create_compressor(self, **options: Any) -> Compressor:
        return CachingCompressor(**options)

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        # Threads that compress the same bytes at the same time find nothing cached.
        hashed = paths.intersection(self.hashed_files.values())
        yield from super().compress_files(hashed)
        yield from super().compress_files(paths - hashed)
