"""What many pages share, the firm's record and the footer for two, is made once in an
epoch: for as long as neither a change nor the clock alters it."""

from django.db import connection

from lawblog.routing import on_primary

from .epoch import clock


def part(key, make):
    """What make() returns, kept until something changes. The value is shared by all
    threads: read it, do not alter it. Raises what make() raises."""
    # A transaction sees what others do not see yet.
    if connection.in_atomic_block:
        return make()
    epoch = clock.now()
    if key not in epoch.parts:
        # The epoch may have begun after the replica was found to be as new as that.
        with on_primary():
            value = make()
        # Made while something changed, it may be of before: good for this page alone.
        if epoch is not clock.now():
            return value
        epoch.parts[key] = value
    return epoch.parts[key]
