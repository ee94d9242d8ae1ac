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
    f"{POST}law/",
    "/admin/posts/lawchange/",
    "/admin/posts/lawchange/add/",
    "/admin/posts/lawchange/law/",
    "/admin/posts/lawchange/authority/?key=form.I-90",
    "/admin/posts/lawchange/{lawchange}/pages/",
    "/admin/posts/synonymgroup/",
    "/admin/posts/topic/",
    "/admin/posts/term/",
    "/admin/posts/term/{term}/change/",
    "/admin/posts/series/add/",
    "/admin/offices/office/",
    "/admin/offices/office/{office}/change/",
    "/admin/offices/office/{office}/history/",
    "/admin/offices/firm/{firm}/change/",
    "/admin/offices/closure/",
    "/admin/offices/closure/suggest/",
    "/admin/offices/page/",
    "/admin/password_change/",
    "/admin/notices/",
]
# In their own frame: the editor.
FORMS = [
    "/admin/posts/post/add/",
    f"{POST}change/",
    "/admin/offices/attorney/{attorney}/change/",
    "/admin/offices/page/{page}/change/",
]
