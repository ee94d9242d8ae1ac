"""What notices register with the site. Imported by apps.py."""

from django.contrib.auth.signals import user_logged_in

from lawblog.desk.launch import register_launch_items
from lawblog.people import account_changed, one_time_links

from . import desk_notices, jobs, launch
from .account_notices import send_link, tell_of_change, tell_of_sign_in

desk_notices.register_all()
jobs.register_all()
one_time_links.register_link_sender(send_link)
account_changed.register_teller(tell_of_change)
user_logged_in.connect(tell_of_sign_in)
register_launch_items(launch.items, place=70)
