"""A blog page on Wagtail, for make bench to measure beside ours.

Runs where a `wagtail` command is found (WAGTAIL=/path/to/it names one): an environment
of its own with wagtail and granian, since their pins are not ours.
"""

import os
import shutil
import subprocess
from pathlib import Path

MODELS = """
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

class PostPage(Page):
    summary = models.CharField(max_length=300)
    body = RichTextField()
"""
TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1><p>{{ page.summary }}</p>
{{ page.body|richtext }}
{% for other in page.get_siblings.live %}<a href="{% pageurl other %}">{{ other }}</a>
{% endfor %}{% endblock %}"""
POSTS = """
from wagtail.models import Page
from home.models import PostPage
home = Page.objects.get(slug="home")
for number in range(5):
    home.add_child(instance=PostPage(title=f"Post {number}", slug=f"post-{number}",
        summary="A summary.", body="<p>" + "Some plain words of text. " * 90 + "</p>"))
"""


def command():
    """The path of a wagtail command, or None."""
    return os.environ.get("WAGTAIL") or shutil.which("wagtail")


def start(folder, port):
    """(process, address of a post of about 450 words) of a new site in a folder."""
    wagtail = Path(command())
    site = Path(folder)
    site.mkdir()
    run([wagtail, "start", "demo", site])
    models = site / "home" / "models.py"
    models.write_text(models.read_text() + MODELS)
    (site / "home/templates/home/post_page.html").write_text(TEMPLATE)
    python = wagtail.with_name("python")
    for step in ("makemigrations home", "migrate", "collectstatic --no-input"):
        run([python, "manage.py", *step.split()], cwd=site)
    run([python, "manage.py", "shell", "-c", POSTS], cwd=site)
    settings = "\nfrom .base import *\nSECRET_KEY = 'x' * 60\nALLOWED_HOSTS = ['*']\n"
    (site / "demo/settings/production.py").write_text(settings)
    granian = f"""{wagtail.with_name("granian")} --interface wsgi --port {port}
        --workers 2 --blocking-threads 2 --http 1 --no-ws --log-level warning
        demo.wsgi:application"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "demo.settings.production"}
    process = subprocess.Popen(granian.split(), cwd=site, env=environment)
    return process, f"http://127.0.0.1:{port}/post-1/"


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(done.stderr)
