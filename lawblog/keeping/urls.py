"""Addresses of the desk's page of backups."""

from django.contrib import admin
from django.urls import path

from . import desk

view = admin.site.admin_view
urlpatterns = [
    path("", view(desk.backups), name="backups"),
    path("everything/", view(desk.everything), name="everything-download"),
    path("<str:backup>/", view(desk.download), name="backup-download"),
]
