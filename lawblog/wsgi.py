import os
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawblog.settings")

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

application: "WSGIApplication" = get_wsgi_application()

# Below, since importing it needs Django to be set up.
from django.conf import settings  # noqa: E402

from lawblog.notices import sender  # noqa: E402
from lawblog.pagecache.snapshot import clock  # noqa: E402
from lawblog.pagecache.store import PageStore  # noqa: E402

if settings.PAGES_MB and not settings.DEBUG:
    room = settings.PAGES_MB * 1024 * 1024
    application = PageStore(application, max_bytes=room, clock=clock)

# Notices go out after the answer; commands leave them to housekeeping.
sender.switch_on()
