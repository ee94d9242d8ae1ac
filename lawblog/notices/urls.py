"""Addresses of the desk's page of notices."""

from django.contrib import admin
from django.urls import path

from . import desk

view = admin.site.admin_view
urlpatterns = [
    path("", view(desk.page), name="notices"),
    path("test/", view(desk.send_test), name="notices-test"),
    path("without/", view(desk.decline), name="notices-decline"),
]
