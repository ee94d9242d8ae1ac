"""A list of the desk that is asked for what it does not have: all of it, and why."""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from lawblog.desk.versioned import NOT_IN_THIS_LIST

# {query: whether the list says that it does not have this}
QUERIES = {
    "": False,
    "o=": False,
    "o=99.-99": False,
    "o=x": False,
    "p=-1": False,
    "p=999": False,
    "p=x": False,
    "e=1": False,
    "all=1&p=3": False,
    "_facets=1": False,
    "_popup=1&_to_field=id": False,
    "q=%22&o=-1": False,
    f"q={'a' * 55_000}": False,
    f"q={'a+' * 2000}": False,
    "id__isnull=maybe": False,
    "e=1&p=-1": True,
    "e=1&nothing=1": True,
    "nothing=1": True,
    "nothing__nothing=1": True,
    "pk__in=a,b": True,
    "id__exact=x": True,
    "id__exact=1e400": True,
    "_changelist_filters=x%3D1": True,
    "_to_field=nothing": True,
    "_popup=x&_to_field=password": True,
    "author__user__password__startswith=a": True,
}
LISTS = [
    reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist")
    for m in admin.site._registry
]


@pytest.mark.slow
def test_a_list_that_is_asked_for_what_it_has_not_is_shown_whole(
    owner_client: Client,
) -> None:
    owner_client.raise_request_exception = False
    # All lists are made alike: each is asked a quarter, and every question by three.
    for number, address in enumerate(LISTS):
        for query, is_told in [*QUERIES.items()][number % 4 :: 4]:
            answer = owner_client.get(f"{address}?{query}", follow=True)
            page, case = answer.content.decode(), f"{address}?{query[:40]}"
            assert answer.status_code == 200 and "changelist-form" in page, case
            assert (NOT_IN_THIS_LIST in page) == is_told, case
            # From there every link leads on in the plain list.
            assert not re.search(r'href="\?[^"]*\b(nothing|e)=', page), case
