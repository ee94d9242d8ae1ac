"""What notices register with the site. Imported by apps.py."""

from django.contrib.auth.signals import user_logged_in

from lawblog.desk.launch import register_launch_items

from . import desk_notices, jobs, launch

desk_notices.register_all()
jobs.register_all()
user_logged_in.connect(desk_notices.tell_of_sign_in)
register_launch_items(launch.items, place=70)
