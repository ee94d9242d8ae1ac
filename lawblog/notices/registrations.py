"""What notices bring to the site's registries. Imported by apps.py."""

from django.contrib.auth.signals import user_logged_in

from lawblog.desk.launch import before_launch
from lawblog.people import account_changed, links

from . import jobs, launch, own_kinds
from .signing_in import send_link, tell_of_change, tell_of_sign_in

own_kinds.register_all()
jobs.register_all()
links.sent_by(send_link)
account_changed.told_by(tell_of_change)
user_logged_in.connect(tell_of_sign_in)
before_launch(launch.items, place=70)
