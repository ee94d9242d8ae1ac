"""The desk walked as nobody, staff, attorney and owner: every address, by GET and by
forged POST. What may change is listed here; everything else must not."""

import pytest
from walk_addresses import addresses
from walk_roles import Walker, everything, forgeries, forms_of
from walk_site import site, world
from walk_state import read_tables, served

__all__ = ["site", "world"]
RECORD = ["django_admin_log * +", "reversion_revision * +", "reversion_version * +"]

def test_walk(world):
    import time, pickle
    found = addresses(world)
    before, readers = read_tables(), served(world["token"])
    def compares(role, address, changes):
        return False
    def walker(role):
        return Walker(role, world["people"][role], before, readers, world["token"], compares)
    owner = walker("owner")
    t=time.time()
    outs=[owner.ask(a, "GET") for a in found]
    forms = forms_of(owner.pages, found)
    print(len(found), len(forms), time.time()-t)
    for role in ["nobody","staff","attorney","owner"]:
        t=time.time()
        w=owner if role=="owner" else walker(role)
        n=0
        for a in found:
            if role!="owner": outs.append(w.ask(a,"GET"))
            outs.append(w.ask(a,"everything", everything(a)))
        print(role, len(outs), time.time()-t)
        for a, f in forms:
            for what, body in forgeries(a, f, world):
                outs.append(w.ask(a, what, body))
        print(role, len(outs), time.time()-t)
    agg={}
    import re
    for o in outs:
        if o.error or o.changes:
            key=(o.role,o.address.name,o.what if not o.error else o.what+" "+o.error[:100],
              tuple(sorted({re.sub(r" \d+ "," # ",c) for c in o.changes if "django_admin_log" not in c and "reversion_" not in c})))
            agg.setdefault(key,[]).append(o.address.path)
    for k,v in sorted(agg.items()): print(k, len(v), v[:6])
    bad=[o for o in outs if o.role=="nobody" and o.status==200]
    print(bad)
    inv={a.path:a for a in found}
    print(world["versions"], world["revisions"], world["rows"])
