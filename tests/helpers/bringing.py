"""Files of articles, and runs that bring them in."""

import io
from typing import Any

from django.utils import timezone
from PIL import Image

from posts.import_runs import files, jobs
from posts.models import DraftFinding, ImportRun, Post

Contents = dict[str, str | bytes]


def bring(contents: Contents, **fields: Any) -> ImportRun:
    """bring({name: text or bytes}, **fields) → a run that was read to its end."""
    run = kept(contents, **fields)
    jobs.go_on()
    run.refresh_from_db()
    return run


def kept(contents: Contents, **fields: Any) -> ImportRun:
    """A run that waits to be read."""
    run = ImportRun.objects.create(is_kept=True, started_at=None, **fields)
    for name, content in contents.items():
        data = content.encode() if isinstance(content, str) else content
        files.keep(run, name, 0, data)
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now())
    return run


def html(
    title: str,
    body: str = "<p>Some words of an article, a few at least.</p>",
    address: str = "",
) -> str:
    link = f'<link rel="canonical" href="{address}">' if address else ""
    return (
        f"<html lang=en><head><title>{title}</title>{link}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def picture(color: str = "red", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(out, "PNG", **options)
    return out.getvalue()


def said(post: Post) -> list[str]:
    """What was noted of a draft."""
    return [f"{f.sentence} {f.place}" for f in DraftFinding.objects.filter(post=post)]
