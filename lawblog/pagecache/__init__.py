"""The page store: a public page is rendered once, kept compressed, and never stale.

generation.py  notices each change of a table that public pages print
stamp.py       tells the other processes of this machine, in a microsecond
announce.py    tells other machines and a delivery network, where there are any
epoch.py       the span of time in which nothing changes
parts.py       what many pages share, made once in an epoch
answers.py     a page as stored: bytes and headers for each encoding
store.py       the WSGI layer in front of Django
memory.py      what each worker keeps, for manage.py pages
"""


def not_kept(view):
    """Decorates a public view whose answer is made anew for each request."""
    view.kept = False
    return view
