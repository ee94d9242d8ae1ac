"""Addresses of the desk's page of people."""

from django.contrib import admin
from django.urls import path

from . import people_page, sign_in_log

urlpatterns = [
    path("", people_page.people, name="people"),
    path("invite/", people_page.invite, name="people-invite"),
    path("sign-ins/", admin.site.admin_view(sign_in_log.page), name="sign-ins"),
    path("<int:pk>/<str:what>/", people_page.act, name="people-act"),
]
