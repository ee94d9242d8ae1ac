"""Django's accounts under a name that people use."""

from django.contrib.auth.apps import AuthConfig


class PeopleConfig(AuthConfig):
    verbose_name = "People"
