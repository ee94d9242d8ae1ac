"""Who may come in: people and their roles, sign-in, second factors, sessions.

people_page.py     the desk's page of people; actions.py, what its buttons do
roles.py           attorney and staff, and who may change whose account
invitation.py      the form that invites; names.py, names and addresses in it
links.py           one-time links for a password; password_links.py, their pages
sign_in.py         the sign-in page; second_factor.py, what comes after the password
account.py         one's own account; sessions.py, where one is signed in
factors.py         who needs a second factor, and whether a session was opened with it
rate_limit.py      guessing is slowed; guess_counting.py, whose are counted together
account_changed.py people are told of what a thief would change
reauthentication.py  asking again, before what a stolen session must not do
adapters.py        what allauth asks us; forms.py, its forms in our words
inside_allauth.py  what is used of allauth that it does not promise to keep
sign_ins.py        who signed in and who was refused, for the owner
"""
