"""What backups leave out, and the jobs that housekeeping does."""

from . import hooks, jobs

# Of this machine: the version of its kept pages, and when its jobs last ran.
hooks.register_untouched("lawblog.siteversion", "keeping.jobrun")
# Whoever is signed in signs in again: a number may be another person's now.
hooks.register_emptied("sessions.session", "lawblog.desksession", "lawblog.attempts")
jobs.register_all()
