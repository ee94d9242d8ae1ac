"""The report on an imported article."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from posts.importing import Article
from posts.models import DraftFinding, ImportLine, Post


def facts(article: Article, post: Post) -> list[str]:
    """What was found in the file, for whoever compares it with the draft."""
    headings = sum(post.body.count(f"</h{level}>") for level in (2, 3, 4))
    pictures = post.body.count("<img ")
    day = post.published_on
    topics = ", ".join(sorted(topic.name for topic in post.topics.all()))
    return [
        f"Date: {date_format(day, 'F j, Y') if day else 'not known'}",
        f"Language: {post.get_language_display()}",
        f"Paragraphs: {post.body.count('</p>')}, sub-headings: {headings}, "
        f"pictures: {pictures}",
        *([f"Topics: {topics}"] if topics else []),
        *(f"Old address: {address}" for address in article.old_addresses),
    ]


def as_text(line: ImportLine, dry_run: bool = False) -> str:
    """A line for a terminal, with what is to be looked at."""
    post = line.post
    if line.kind == line.KNOWN and post:
        return f"{line.words}\n  already imported as “{post.title}”; nothing changed"
    if line.kind != line.MADE or not post:
        begin = "Not imported" if line.kind == line.REFUSED else "Note"
        return f"{begin}: {line.place}: {line.words}"
    lines = [line.words, f"File: {line.place}", *line.facts]
    for finding in DraftFinding.objects.filter(post=post):
        place = f" ({finding.place})" if finding.place else ""
        lines.append(f"Look at: {finding.sentence}{place}")
    if not dry_run:
        address = reverse("admin:posts_post_change", args=[post.pk])
        lines.append(f"Draft, not public: {settings.SITE_URL}{address}")
    return "\n  ".join(lines)
