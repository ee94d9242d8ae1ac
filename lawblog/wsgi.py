"""The WSGI application of deploy/serve (lawblog/serving/__main__.py loads it). Commands
that need the site's answers use records/capture/site_client.py."""

import os
import sys

from django import setup
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawblog.settings")
try:
    setup(set_prefix=False)
except ImproperlyConfigured as error:
    sys.exit(f"Settings: {error}")

# Below, since importing it needs Django to be set up.
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from lawblog.database import timeouts  # noqa: E402
from lawblog.notices import sending_thread  # noqa: E402
from lawblog.pagecache.store import with_kept_pages  # noqa: E402
from lawblog.serving import startup  # noqa: E402
from lawblog.serving.gate import Gate  # noqa: E402
from lawblog.serving.preloading import preload  # noqa: E402

startup.workers_die_with_master()
timeouts.set_up()
if faults := startup.faults():
    sys.exit("\n".join(faults))
application = with_kept_pages(Gate(WSGIHandler(), settings.THREADS))
# Notices go out after the answer; commands leave them to housekeeping.
sending_thread.switch_on()
preload()
