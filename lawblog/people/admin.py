"""Removes Django's and allauth's own lists of users, groups and the like from the
admin: accounts have their own page (people_page.py)."""

from allauth.account import admin as of_accounts
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa import admin as of_factors
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth import admin as of_users
from django.contrib.auth.models import Group, User

# Importing these registers their models, which must happen before they are removed.
REGISTERED = (of_accounts, of_factors, of_users)

for model in (User, Group, EmailAddress, EmailConfirmation, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
