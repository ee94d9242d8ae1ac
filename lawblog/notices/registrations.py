"""What notices register with the site. Imported by apps.py."""

from django.contrib.auth.signals import user_logged_in

from lawblog.desk.launch import before_launch
from lawblog.people import account_changed, one_time_links

from . import desk_notices, jobs, launch
from .signing_in import send_link, tell_of_change, tell_of_sign_in

desk_notices.register_all()
jobs.register_all()
one_time_links.sent_by(send_link)
account_changed.told_by(tell_of_change)
user_logged_in.connect(tell_of_sign_in)
before_launch(launch.items, place=70)
