"""The site that is walked: people, rows of each model with the same number, and what
django-reversion keeps of them."""

from datetime import timedelta
from typing import Any

import pytest
import reversion
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from reversion.models import Version

from helpers.clock import NOON
from helpers.walk.forms import OLD_PASSWORD, picture
from helpers.walk.state import TELLING, public_addresses
from lawblog.media.pictures import store
from lawblog.models import Autosaved, Picture
from offices.models import Attorney, Closure, Office, OfficeHours, Page
from posts import publishing
from posts.law import notices
from posts.models import (
    DraftFinding,
    Edition,
    ImportLine,
    ImportRun,
    LawChange,
    LawNotice,
    OldAddress,
    Post,
    PreviewLink,
    Series,
    SynonymGroup,
    Term,
    Topic,
)

# The number of one row of every model: a look-up by number alone finds all of them.
SAME = 7001
# The firm has one row; an office shares its number too.
FIRM = 1
EARLIER = "Earlier words"
SPANNING = "spanning"


@pytest.fixture
def world(
    whole_site: dict, attorney: User, staff: User, publish: Any, make_post: Any
) -> dict:
    """`people`: {role: User}, `rows`: {"app_model": numbers}, `versions` and
    `revisions`: {what of: number}, `content_types`, `live`, `told` and `findings`:
    numbers, `readers`: all public addresses, `telling`: some, `hidden`: of pictures
    that no public page shows."""
    owner = User.objects.get(is_superuser=True)
    boss = User.objects.create_superuser("boss", password="boss", pk=SAME)
    for person in (owner, attorney):
        # Who approves has a name.
        person.first_name, person.last_name = "Ann", "Example"
        person.save()
    owner.set_password(OLD_PASSWORD)
    owner.save()
    boss.groups.add(Group.objects.get(name="Attorney"))
    people = {"nobody": None, "staff": staff, "attorney": attorney, "owner": owner}
    rows = _rows(publish, make_post)
    rows["posts_importrun"] = _imports(staff, make_post)
    rows["lawblog_picture"] = list(Picture.objects.values_list("pk", flat=True))
    rows["auth_user"] = [staff.pk, attorney.pk, owner.pk, boss.pk]
    PreviewLink.objects.make(
        pk=SAME, post_id=SAME, note="Bea", expires_at=NOON + timedelta(days=7)
    )
    for person in (staff, attorney, owner):
        Autosaved.objects.keep(person, "walked", f"posts.post {SAME}", "title=Typed")
    Autosaved.objects.keep(staff, "sams", "posts.post new", "title=Of+Sam")
    Autosaved.objects.update(typed_at=NOON)
    hidden = [_withdrawn_picture(rows, publish), store(picture("lime"))[0]]
    live = Edition.objects.live().filter(post=SAME)
    told = LawNotice.objects.open()
    return {
        "people": people,
        "rows": rows,
        "hidden": hidden,
        "told": list(map(str, told.values_list("pk", flat=True))),
        "live": list(map(str, live.values_list("pk", flat=True))),
        "findings": list(map(str, DraftFinding.objects.values_list("pk", flat=True))),
        "readers": [*public_addresses(whole_site["token"]), *hidden],
        "telling": [*TELLING, *hidden],
        "content_types": [
            ContentType.objects.get_for_model(model).pk
            for model in (Office, Post, Edition, PreviewLink, User)
        ],
        **_history(rows),
    }


def _rows(publish: Any, make_post: Any) -> dict[str, list[int]]:
    fort_lee = Office.objects.get(slug="fort-lee")
    others = {"zip_code": "10007", "state": "NY", "street": "x", "city": "New York"}
    if not Office.objects.filter(pk=FIRM).exists():
        Office.objects.create(pk=FIRM, name="First", slug="first", **others)
    Office.objects.create(pk=SAME, name="Walked", slug="walked", **others)
    spare = Office.objects.create(name="Spare", slug="spare", **others)
    span = {"weekday": 2, "opens": "09:00", "closes": "12:00"}
    OfficeHours.objects.create(pk=SAME, office_id=SAME, **span)
    Attorney.objects.create(pk=SAME, name="Walked", slug="walked", admissions="NY")
    topic = Topic.objects.create(pk=SAME, name="Walked", slug="walked", is_public=True)
    unused = Topic.objects.create(name="Walked unused", slug="walked-unused")
    series = Series.objects.create(
        pk=SAME, name="Walked", slug="walked", is_public=True
    )
    proposed = Series.objects.create(name="Proposed", slug="proposed")
    old = OldAddress.objects.create(
        pk=SAME, address="/walked-old", post_id=None, gone=True
    )
    words = {"explanation": "It is walked.", "is_public": True}
    Term.objects.create(pk=SAME, term="walked", **words)
    suggested = Term.objects.create(term="suggested", explanation="Not yet.")
    means = {"name": "Walking", "english": "walk", "spanish": "andar"}
    SynonymGroup.objects.create(pk=SAME, **means, is_public=True)
    proposed_words = SynonymGroup.objects.create(name="Running", english="run")
    days = {"first_day": "2026-12-24", "last_day": "2026-12-24"}
    Closure.objects.create(pk=SAME, office=fort_lee, reason="Snow", **days)
    Page.objects.filter(kind="disclaimer", language="en").update(id=SAME)
    everything = Group.objects.create(pk=SAME, name="Every right")
    everything.permissions.set(Permission.objects.all())
    live = make_post("Walked", pk=SAME, topics=["Walked"], series=series, part=1)
    publish(live)
    publish("Walked law", body="<p>Form I-90.</p>")
    law = _changes_of_the_law()
    draft = make_post("Walked draft", topics=["Walked"], submitted_at=NOON)
    coming = Post.objects.get(title="To come")
    return {
        "posts_post": [live.pk, draft.pk, coming.pk],
        "posts_lawchange": law,
        "posts_term": [SAME, suggested.pk],
        "posts_synonymgroup": [SAME, proposed_words.pk],
        "posts_topic": [topic.pk, unused.pk],
        "posts_series": [series.pk, proposed.pk],
        "posts_oldaddress": [old.pk],
        "offices_firm": [FIRM],
        "offices_office": [SAME, fort_lee.pk, spare.pk],
        "offices_closure": [SAME, Closure.objects.get(office=None).pk],
        "offices_attorney": [SAME, Attorney.objects.get(slug="anna").pk],
        "offices_page": [SAME, Page.objects.get(kind="about", language="en").pk],
        "auth_group": [SAME, Group.objects.get(name="Office staff").pk],
    }


def _imports(staff: User, make_post: Any) -> list[int]:
    """One that waits for its start, and one that is through and may be undone."""
    waits = ImportRun.objects.create(pk=SAME, created_by=staff, is_kept=True)
    waits.pieces.create(name="a.txt", number=0, size=1, data=b"A")
    done = ImportRun.objects.create(created_by=staff, started_at=NOON, ended_at=NOON)
    post = make_post("Walked import")
    line = {"kind": ImportLine.MADE, "words": "Walked import", "place": "a.txt"}
    done.lines.create(post=post, saved_at=post.updated_at, **line)
    DraftFinding.objects.note(Post.objects.get(pk=SAME), [("Looked wrong.", "")])
    return [waits.pk, done.pk]


def _changes_of_the_law() -> list[int]:
    """One that readers are told of, and one that is not approved."""
    words = {"day": "2026-11-01", "source": "https://www.uscis.gov/i-90"}
    further = {"es": {"sentence": "Cambió."}}
    for pk in (SAME, SAME + 1):
        text = {"sentence": "It changed.", "in_other_languages": further}
        LawChange.objects.create(pk=pk, key="form.I-90", **words, **text)
    told = notices.draft_of(LawChange.objects.get(pk=SAME))
    notices.approve(
        told.change,
        by=User.objects.get(username="anna"),
        version_token=told.version_token,
    )
    return [SAME, SAME + 1]


def _withdrawn_picture(rows: dict[str, list[int]], publish: Any) -> str:
    url, *_ = store(picture("navy"))
    body = f'<p>Walked.</p><p><img src="{url}" alt="Red"></p>'
    post = publish("Walked withdrawn", body=body).post
    publishing.withdraw(post, by=None)
    rows["posts_post"].append(post.pk)
    return url


def _history(rows: dict[str, list[int]]) -> dict[str, dict[str, int]]:
    """Of each model that keeps versions: one with earlier words, one of a row that was
    deleted since, and one revision that spans them all."""
    registered = [m for m in reversion.get_registered_models() if _text_of(m)]
    for model in registered:
        for pk in rows.get(_key(model), [])[:1]:
            _earlier([model.objects.get(pk=pk)])
        if model in (Attorney, Closure, Post, Term, Topic):
            _deleted(model.objects.order_by("-pk").first())
    present = [
        m.objects.get(pk=rows[_key(m)][0]) for m in registered if _key(m) in rows
    ]
    _earlier(present)
    versions = Version.objects.order_by("pk").select_related("content_type", "revision")
    told = {}
    for version in versions.exclude(revision__comment=""):
        # Of the one that spans them all, any version will do.
        of = version.content_type.model if version.revision.comment != SPANNING else ""
        told[f"{version.revision.comment} {of}".strip()] = version
    return {
        "versions": {what: version.pk for what, version in told.items()},
        "revisions": {what: version.revision_id for what, version in told.items()},
    }


def _key(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def _text_of(model: type[models.Model]) -> str:
    """The name of a text that is printed, or "" for what has none."""
    names = {field.name for field in model._meta.fields}
    return next((n for n in ("name", "title", "term", "reason") if n in names), "")


def _earlier(rows: list[models.Model]) -> None:
    """One revision in which the rows said something else; then all is as it was."""
    words = [getattr(row, _text_of(type(row))) for row in rows]
    many = SPANNING if len(rows) > 1 else "earlier"
    for comment, told in ((many, [EARLIER] * len(rows)), ("", words)):
        with reversion.create_revision():
            reversion.set_comment(comment)
            for row, text in zip(rows, told, strict=True):
                setattr(row, _text_of(type(row)), text)
                row.save()


def _deleted(row: models.Model) -> None:
    """A copy of the row, under a number of its own, that came and went."""
    row.pk = row.id = SAME + 1000
    row._state.adding = True
    for field in row._meta.fields:
        if field.unique and not field.primary_key:
            setattr(row, field.name, None if field.null else "deleted")
    text = _text_of(type(row))
    setattr(row, text, f"deleted {type(row).__name__}".lower())
    for name in ("is_principal", "part", "series", "translation_of"):
        if hasattr(row, name):
            setattr(row, name, False if name == "is_principal" else None)
    with reversion.create_revision():
        reversion.set_comment("deleted")
        row.save()
    row.delete()
