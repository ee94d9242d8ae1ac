"""What may change when the desk is walked, and who may change it; nothing else may.

{address: (changes, whether readers may see them)}. A change is a pattern of what
state.differences() says; {row} is the row that the address names, {me} the
account. A role may also do what those before it may.
"""

from fnmatch import fnmatchcase

from django.contrib.auth.models import User

from helpers.walk.addresses import Address
from offices.models import Office

READERS, DESK = True, False
# Who did what is added to, never changed.
RECORD = [
    "lawblog_record_entry * +",
    "django_admin_log * +",
    "reversion_revision * +",
    "reversion_version * +",
]
NOTED_PICTURES = ["posts_postpicture {row} [+-]", "lawblog_picture * .alt"]
NOTED = ["posts_draftfinding {row} *"]
DRAFT = ["posts_post {row} .*", "posts_post_topics {row} [+-]", *NOTED]
DRAFT += NOTED_PICTURES
# A picture that is new, as of a cover that comes with the form.
NEW_PICTURE = ["pictures 0 +", "lawblog_picture * +"]
# What is typed is kept for whoever types it.
TYPED = ["lawblog_autosaved {me} [+-]", "lawblog_autosaved {me} .*"]
NEW_DRAFT = ["posts_post * +", "posts_post_topics * +", "posts_draftfinding * +"]
NEW_DRAFT += ["posts_postpicture * +", "lawblog_picture * .alt"]
HOURS = ["offices_officehours {row} *", "offices_closure {row} *"]
# The old address leads on.
MOVED = ["lawblog_formeraddress * *"]
# An office's facts; its name and place are the attorney's.
NAMES = "phone fax appointment_only receives_mail in_other_languages updated_at".split()
FACTS = [f"offices_office {{row}} .{name}" for name in (*NAMES, *Office.notes)]
FACTS += HOURS
# Of an office whose form is open it is known that its closures changed.
NOTED_AT = ["offices_office * .updated_at"]
ENDED = ["posts_edition {row} .live_until", "posts_edition {row} .ended_by_id"]
ENDED += ["posts_tally * .count", "posts_post {row} .on_site_until"]
COUNTED = ["posts_authoritycount * +", "posts_authoritycount * .count"]
ENDED += COUNTED
# An import's own, and the drafts that it made.
BROUGHT_IN = [f"posts_importrun {{row}} .{n}" for n in ("started_at", "ended_at")]
BROUGHT_IN += ["posts_importrun {row} .trouble", "posts_importrun {row} .undone_at"]
BROUGHT_IN += ["posts_importpiece {row} -", "posts_importline * .post_id"]
BROUGHT_IN += ["posts_post * -", "posts_draftfinding * -"]
SENT = [f"posts_post {{row}} .{name}" for name in ("submitted_at", "returned_note")]
GONE = ["posts_edition_topics * .topic_id", "posts_post_topics * *", "posts_tally * *"]

STAFF = {
    "account_change_password": (["auth_user {me} .password"], DESK),
    "account-name": (
        [f"auth_user {{me}} .{name}" for name in ("first_name", "last_name", "email")],
        DESK,
    ),
    "mfa_view_recovery_codes": (["mfa_authenticator {me} .data"], DESK),
    "mfa_generate_recovery_codes": (["mfa_authenticator {me} [+-]"], DESK),
    "mfa_deactivate_totp": (["mfa_authenticator {me} -"], DESK),
    "upload": (NEW_PICTURE, DESK),
    "notices": (["notices_choice {me} *"], DESK),
    "posts_post_add": ([*NEW_DRAFT, *NEW_PICTURE, *TYPED], DESK),
    "posts_post_change": ([*DRAFT, *NEW_PICTURE, *TYPED], DESK),
    "posts_post_autosave": (TYPED, DESK),
    "posts_post_autosave_new": (TYPED, DESK),
    "posts_post_autosaved": (TYPED, DESK),
    "posts_post_changelist": ([d.replace("{row}", "*") for d in DRAFT], DESK),
    "posts_post_restore": (DRAFT, DESK),
    "posts_post_notes": (
        ["posts_passagenote {row} +", "posts_passagenote {row} .resolved_*"],
        DESK,
    ),
    "posts_post_pictures": (NEW_PICTURE, DESK),
    "posts_post_picture": (
        ["lawblog_picture * .*", *NEW_PICTURE]
        + [change.replace("{row}", "*") for change in DRAFT],
        DESK,
    ),
    "posts_post_bring_in": (["posts_importrun * +", "posts_importpiece * *"], DESK),
    "posts_post_bring_in_files": (["posts_importpiece {row} +"], DESK),
    "posts_post_brought_in": (BROUGHT_IN, DESK),
    "posts_post_deleted": (NEW_DRAFT, DESK),
    "posts_lawchange_add": (["posts_lawchange * +"], DESK),
    "posts_lawchange_change": (["posts_lawchange {row} .*"], DESK),
    "posts_lawchange_pages": (["posts_lawchange {row} .*"], DESK),
    "posts_term_add": (["posts_term * +"], DESK),
    "posts_term_change": (["posts_term {row} .*"], DESK),
    "posts_synonymgroup_add": (["posts_synonymgroup * +"], DESK),
    "posts_synonymgroup_change": (["posts_synonymgroup {row} .*"], DESK),
    "posts_topic_add": (["posts_topic * +"], DESK),
    "posts_topic_change": (["posts_topic {row} .*", *MOVED], DESK),
    "posts_series_add": (["posts_series * +"], DESK),
    "posts_series_change": (["posts_series {row} .*", *MOVED], DESK),
    "offices_office_change": (FACTS, READERS),
    "offices_office_changelist": (
        [f"offices_office * .{n}" for n in ("appointment_only", "receives_mail")]
        + NOTED_AT,
        READERS,
    ),
    "offices_office_hours": (FACTS, READERS),
    "offices_office_switch": (FACTS, READERS),
    "offices_office_undo": (FACTS, READERS),
    "offices_closure_add": (["offices_closure * +", *NOTED_AT], READERS),
    "offices_closure_change": (["offices_closure * *", *NOTED_AT], READERS),
    "offices_closure_delete": (["offices_closure * -", *NOTED_AT], READERS),
    "offices_closure_suggest": (["offices_closure None +"], READERS),
}
ATTORNEY = {
    "posts_post_delete": (
        [f"{t} {{row}} -" for t in ("posts_post", "posts_post_topics")]
        + NOTED
        + [f"posts_{t} {{row}} -" for t in ("postpicture", "passagenote")],
        DESK,
    ),
    "posts_post_publish": (
        ["posts_edition {row} +", "posts_edition_topics * +", "posts_tally * +", *NOTED]
        + ["posts_editionpicture * +", "posts_post {row} .published_on", *ENDED, *SENT]
        + ["posts_editiondeadline * +"]
        + ["posts_topic * .is_public", "posts_series * .is_public"]
        + ["posts_editionauthority * +", *COUNTED],
        READERS,
    ),
    "posts_post_withdraw": (ENDED, READERS),
    "posts_lawchange_pages": (
        ["posts_lawnotice {row} +", "posts_lawnotice {row} .live_until"]
        + ["posts_lawnotice {row} .ended_by_id"],
        READERS,
    ),
    "posts_lawchange_delete": (["posts_lawchange {row} -"], DESK),
    "posts_post_law": (
        ["posts_authoritychoice {row} [+-]", "posts_authoritychoice {row} .is_struck"]
        + ["posts_editionauthority * [+-]", *COUNTED],
        READERS,
    ),
    "posts_post_return": (SENT, DESK),
    "posts_post_reviewed": (["posts_review {row} +"], READERS),
    "posts_post_noted": ([f"{n[:-1]}.ticked_*" for n in NOTED], DESK),
    "posts_post_links": (
        ["posts_previewlink {row} +", "posts_previewlink {row} .revoked_at"],
        READERS,
    ),
    "posts_post_picture": (["pictures 0 -", "lawblog_picture * -"], DESK),
    "backups": (["keeping_jobrun * *"], DESK),
    "captures": (["keeping_jobrun * *"], DESK),
    "posts_term_change": (["posts_term {row} .*"], READERS),
    "posts_term_delete": (["posts_term {row} -"], READERS),
    "posts_synonymgroup_change": (["posts_synonymgroup {row} .*"], READERS),
    "posts_synonymgroup_delete": (["posts_synonymgroup {row} -"], READERS),
    "posts_topic_change": (["posts_topic {row} .*", *MOVED], READERS),
    "posts_topic_delete": (["posts_topic {row} -", *GONE], DESK),
    "posts_topic_merge": (
        ["posts_topic {row} -", *MOVED, *GONE],
        READERS,
    ),
    "posts_series_change": (["posts_series {row} .*", *MOVED], READERS),
    "posts_series_delete": (["posts_series {row} -"], READERS),
    "posts_oldaddress_add": (["posts_oldaddress * +"], DESK),
    "posts_oldaddress_change": (["posts_oldaddress {row} .*"], DESK),
    "posts_oldaddress_delete": (["posts_oldaddress {row} -"], DESK),
    "posts_oldaddress_changelist": (["posts_oldaddress * -"], DESK),
    "offices_firm_change": (
        ["offices_firm {row} .*", "offices_firmlink {row} *"],
        READERS,
    ),
    "offices_office_add": (["offices_office * +", *HOURS, *NEW_PICTURE], READERS),
    "offices_office_change": (
        ["offices_office {row} .*", *HOURS, *NEW_PICTURE, *MOVED],
        READERS,
    ),
    "offices_office_delete": (["offices_office {row} -"], READERS),
    "offices_office_switch": (["offices_office * .*", *HOURS], READERS),
    "offices_office_undo": (["offices_office {row} .*", *MOVED], READERS),
    "offices_attorney_add": (["offices_attorney * +", *NEW_PICTURE], READERS),
    "offices_attorney_change": (
        ["offices_attorney {row} .*", *NEW_PICTURE, *MOVED],
        READERS,
    ),
    "offices_attorney_delete": (["offices_attorney {row} -"], READERS),
    "offices_page_change": (["offices_page {row} .*"], READERS),
}
INVITED = ["auth_user * +", "auth_user_groups * +", "lawblog_password_link * +"]
# What an attorney may do to the accounts of staff, and to no other.
OF_STAFF = [
    "auth_user {staff} .is_active",
    "mfa_authenticator {staff} -",
    "lawblog_password_link {staff} [+-]",
]
ATTORNEY |= {"people-invite": (INVITED, DESK), "people-act": (OF_STAFF, DESK)}
OF_ANYBODY = [one.replace("{staff}", "{row}") for one in OF_STAFF]
OF_ANYBODY += ["auth_user_groups {row} [+-]", "auth_user_user_permissions {row} -"]
HANDED_OVER = [f"auth_user {{{who}}} .is_superuser" for who in ("row", "me")]
OWNER = {
    "notices-decline": (["notices_mailtrial * *"], DESK),
    "people-act": ([*OF_ANYBODY, *HANDED_OVER], DESK),
}
LISTS = {"nobody": {}, "staff": STAFF, "attorney": ATTORNEY, "owner": OWNER}


def allowed(
    role: str, address: Address, changes: set[str], user: User | None
) -> tuple[bool, bool]:
    """Whether the list has all the changes, and whether readers may see them."""
    roles = list(LISTS)[: list(LISTS).index(role) + 1]
    entries = [LISTS[r][address.name] for r in roles if address.name in LISTS[r]]
    patterns = [*RECORD, *(pattern for changed, _ in entries for pattern in changed)]
    staff = User.objects.get(username="sam").pk
    names = {"row": address.row or "*", "me": str(user.pk) if user else ""}
    names["staff"] = str(staff)
    known = [pattern.format(**names) for pattern in patterns]
    listed = all(any(fnmatchcase(c, k) for k in known) for c in changes)
    return listed, any(readers for _, readers in entries)
