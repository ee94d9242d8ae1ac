"""The desk walked as nobody, staff, attorney and owner: every address, by GET and by
forged POST. What may change is listed here; everything else must not."""

import re
import traceback
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from walk_addresses import Address, addresses
from walk_forms import Form, bodies, forms_in, to_send
from walk_site import site, world
from walk_state import differences, pictures, put_back, read_tables, served, statements

__all__ = ["site", "world"]
ROLES = ["nobody", "staff", "attorney", "owner"]

# Added, never changed: who did what.
RECORD = ["django_admin_log * +", "reversion_revision * +", "reversion_version * +"]

MAY: dict = {}


def test_walk(world):
    import time, os, pickle
    t=time.time()
    found = addresses(world)
    print(len(found), "addresses", time.time()-t)
    t=time.time(); s1=served(world["token"]); print("served", time.time()-t, len(s1)); 
    t=time.time(); s2=served(world["token"]); print("served", time.time()-t); assert s1==s2
    for a,v in s1.items(): print(a,v)
    t=time.time(); r1=read_tables(); print("tables", time.time()-t)
    assert not differences(r1, read_tables())
    c=Client(raise_request_exception=False); c.force_login(world["people"]["owner"])
    t=time.time()
    for a in found:
        r=c.get(a.path)
        fs=forms_in(r.content.decode()) if r.status_code==200 and not r.streaming else []
        print(a, r.status_code, [(f.action,[b[0] for b in f.buttons], len(f.fields)) for f in fs])
    print("got", time.time()-t)
