"""Addresses of the desk, with the rows' numbers in braces (the fixture `ids`)."""

import pytest

from helpers.clock import NOON
from lawblog.models import Picture
from offices.models import Attorney, Firm, Office, Page
from posts.models import LawChange, Post, Term

POST = "/admin/posts/post/{post}/"
DESK = [
    "/admin/",
    "/admin/posts/post/",
    f"{POST}preview/",
    f"{POST}publish/",
    f"{POST}history/?day=2026-11-24",
    f"{POST}compare/?before=now&after=e1",
    f"{POST}notes/",
    f"{POST}links/",
    f"{POST}return/",
    f"{POST}withdraw/",
    "/admin/posts/post/needs-review/",
    "/admin/posts/post/pictures/",
    "/admin/posts/post/pictures/{picture}/",
    f"{POST}law/",
    "/admin/posts/lawchange/",
    "/admin/posts/lawchange/add/",
    "/admin/posts/lawchange/law/",
    "/admin/posts/lawchange/authority/?key=form.I-90",
    "/admin/posts/lawchange/{lawchange}/pages/",
    "/admin/posts/synonymgroup/",
    "/admin/posts/post/bring-in/",
    f"{POST}noted/",
    "/admin/posts/post/samples/",
    "/admin/posts/topic/",
    "/admin/posts/term/",
    "/admin/posts/term/{term}/change/",
    "/admin/posts/series/add/",
    "/admin/posts/oldaddress/",
    "/admin/posts/oldaddress/from-table/",
    "/admin/posts/oldaddress/compare/",
    "/admin/offices/office/",
    "/admin/offices/office/{office}/change/",
    "/admin/offices/office/{office}/hours/",
    "/admin/offices/office/{office}/history/",
    "/admin/offices/firm/{firm}/change/",
    "/admin/offices/closure/",
    "/admin/offices/closure/suggest/",
    "/admin/offices/page/",
    "/admin/people/",
    "/admin/account/",
    "/admin/calendar/?month=2026-11",
    "/admin/launch/",
    "/admin/backups/",
    "/admin/captures/",
    "/admin/notices/",
]
# For whoever signs in, and for what is asked again.
ENTRANCE = [
    "/admin/login/",
    "/admin/account/forgotten/",
    "/admin/account/closed/",
    "/admin/account/link/a-secret/",
]
FACTORS = [
    "/admin/account/password/",
    "/admin/account/app/remove/",
    "/admin/account/passkeys/new/",
    "/admin/account/codes/",
    "/admin/account/codes/new/",
    "/admin/account/again/",
    "/admin/account/again/code/",
    "/admin/people/sign-ins/",
]
# In their own frame: the editor.
FORMS = [
    "/admin/posts/post/add/",
    f"{POST}change/",
    "/admin/offices/attorney/add/",
    "/admin/offices/attorney/{attorney}/change/",
    "/admin/offices/page/{page}/change/",
]


@pytest.fixture
def ids(whole_site: dict[str, str]) -> dict[str, int]:
    """What stands in the braces; the article was changed after it went live."""
    post = Post.objects.get(title="A title")
    post.body += "<p>We guarantee success.</p>"
    post.submitted_at = NOON
    post.save()
    LawChange.objects.create(
        key="form.I-90",
        day=NOON.date(),
        sentence="It changed.",
        source="https://www.uscis.gov/i-90",
    )
    models = (Office, Firm, Attorney, Page, Term, LawChange, Picture)
    rows = [model.objects.first() for model in models]
    return {row._meta.model_name: row.pk for row in (post, *rows)}
