"""Addresses of the desk's pages of captures."""

from django.contrib import admin
from django.urls import path

from . import desk

view = admin.site.admin_view
urlpatterns = [
    path("", view(desk.captures), name="captures"),
    path("prune/", view(desk.capture_prune), name="capture-prune"),
    path("<str:capture>/proof/", view(desk.capture_proof), name="capture-proof"),
    path("<str:capture>/<path:file>", view(desk.capture_file), name="capture-file"),
]
