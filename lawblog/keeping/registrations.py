"""What backups leave out, and the jobs that housekeeping does."""

from . import hooks, jobs

# Of this machine: the version of its kept pages, and when its jobs last ran.
hooks.keep_on_restore("lawblog.siteversion", "keeping.jobrun")
# Whoever is signed in signs in again: a number may be another person's now.
hooks.empty_on_restore("sessions.session", "lawblog.desksession", "lawblog.attempts")
jobs.register_all()
