"""Accounts: people and their roles, sign-in, second factors, sessions.

people_page.py         the desk's page of people; actions.py, what its buttons do
roles.py               attorney and staff, and who may change whose account
invitation.py          the form that invites; names.py, names and addresses in it
one_time_links.py      links for choosing a password; password_pages.py, their pages
sign_in.py             the sign-in page
second_factors.py      who needs a second factor, and whether this session was opened
                       with one
second_factor_pages.py where one is set up, shown and removed
account_page.py        your own account; sessions.py, where you are signed in
access.py              who may open which of these pages
rate_limit.py          slows down guessing; guess_counting.py, what is counted together
account_changed.py     tells people of changes that a thief would make
reauthentication.py    asks again before anything that a stolen session must not do
adapters.py            what allauth asks us; forms.py, its forms in our words
inside_allauth.py      the parts of allauth that it does not promise to keep
sign_in_log.py         who signed in and who was refused, for the owner
"""
