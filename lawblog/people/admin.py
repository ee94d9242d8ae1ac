"""Accounts have their own page (people_page.py). Django's lists of users, groups and
permissions, and those that allauth brings, stand nowhere on the desk."""

# Each registers its models when it is imported, now or later.
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, User

for model in (User, Group, EmailAddress, EmailConfirmation, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
