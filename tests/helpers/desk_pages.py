"""Addresses of the desk, with the rows' numbers in braces (the fixture `ids`)."""

POST = "/admin/posts/post/{post}/"
DESK = [
    "/admin/",
    "/admin/posts/post/",
    f"{POST}publish/",
    f"{POST}history/?day=2026-11-24",
    f"{POST}compare/?before=now&after=e1",
    f"{POST}links/",
    f"{POST}return/",
    f"{POST}withdraw/",
    "/admin/posts/post/needs-review/",
    "/admin/posts/post/pictures/",
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
    "/admin/offices/attorney/{attorney}/change/",
    "/admin/offices/page/{page}/change/",
]
