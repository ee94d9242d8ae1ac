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
DRAFT = ["posts_post {row} .*", "posts_post_topics {row} [+-]"]
NEW_DRAFT = ["posts_post * +", "posts_post_topics * +"]
HOURS = ["offices_officehours {row} *", "offices_closure {row} *"]
# The old address leads on.
MOVED = ["lawblog_formeraddress * *"]
# An office's facts; its name and place are the attorney's.
NAMES = "phone fax appointment_only receives_mail in_other_languages updated_at".split()
FACTS = [f"offices_office {{row}} .{name}" for name in (*NAMES, *Office.translated)]
FACTS += HOURS
ENDED = ["posts_edition {row} .live_until", "posts_edition {row} .ended_by_id"]
ENDED += ["posts_tally * .count"]
SENT = [f"posts_post {{row}} .{name}" for name in ("submitted_at", "returned_note")]
GONE = ["posts_edition_topics * .topic_id", "posts_post_topics * *", "posts_tally * *"]

STAFF = {
    "password_change": (["auth_user {me} .password"], DESK),
    "upload": (["pictures 0 +"], DESK),
    "notices": (["notices_choice {me} *"], DESK),
    "posts_post_add": (NEW_DRAFT, DESK),
    "posts_post_change": (DRAFT, DESK),
    "posts_post_changelist": ([d.replace("{row}", "*") for d in DRAFT], DESK),
    "posts_post_restore": (DRAFT, DESK),
    "posts_post_deleted": (NEW_DRAFT, DESK),
    "posts_term_add": (["posts_term * +"], DESK),
    "posts_term_change": (["posts_term {row} .*"], DESK),
    "posts_topic_add": (["posts_topic * +"], DESK),
    "posts_topic_change": (["posts_topic {row} .*", *MOVED], DESK),
    "posts_series_add": (["posts_series * +"], DESK),
    "posts_series_change": (["posts_series {row} .*", *MOVED], DESK),
    "offices_office_change": (FACTS, READERS),
    "offices_office_changelist": (
        [f"offices_office * .{n}" for n in ("appointment_only", "receives_mail")]
        + ["offices_office * .updated_at"],
        READERS,
    ),
    "offices_office_switch": (FACTS, READERS),
    "offices_office_undo": (FACTS, READERS),
    "offices_closure_add": (["offices_closure * +"], READERS),
    "offices_closure_change": (["offices_closure * *"], READERS),
    "offices_closure_delete": (["offices_closure * -"], READERS),
    "offices_closure_suggest": (["offices_closure None +"], READERS),
}
ATTORNEY = {
    "posts_post_delete": (
        [f"{table} {{row}} -" for table in ("posts_post", "posts_post_topics")],
        DESK,
    ),
    "posts_post_publish": (
        ["posts_edition {row} +", "posts_edition_topics * +", "posts_tally * +"]
        + ["posts_editionpicture * +", "posts_post {row} .published_on", *ENDED, *SENT]
        + ["posts_topic * .is_public", "posts_series * .is_public"],
        READERS,
    ),
    "posts_post_withdraw": (ENDED, READERS),
    "posts_post_return": (SENT, DESK),
    "posts_post_reviewed": (["posts_review {row} +"], READERS),
    "posts_post_links": (
        ["posts_previewlink {row} +", "posts_previewlink {row} .revoked_at"],
        READERS,
    ),
    "posts_post_pictures": (["pictures 0 -"], DESK),
    "posts_term_change": (["posts_term {row} .*"], READERS),
    "posts_term_delete": (["posts_term {row} -"], READERS),
    "posts_topic_change": (["posts_topic {row} .*", *MOVED], READERS),
    "posts_topic_delete": (["posts_topic {row} -", *GONE], DESK),
    "posts_topic_merge": (
        ["posts_topic {row} -", *MOVED, *GONE],
        READERS,
    ),
    "posts_series_change": (["posts_series {row} .*", *MOVED], READERS),
    "posts_series_delete": (["posts_series {row} -"], READERS),
    "offices_firm_change": (
        ["offices_firm {row} .*", "offices_firmlink {row} *"],
        READERS,
    ),
    "offices_office_add": (["offices_office * +", *HOURS], READERS),
    "offices_office_change": (["offices_office {row} .*", *HOURS, *MOVED], READERS),
    "offices_office_delete": (["offices_office {row} -"], READERS),
    "offices_office_switch": (["offices_office * .*", *HOURS], READERS),
    "offices_office_undo": (["offices_office {row} .*", *MOVED], READERS),
    "offices_attorney_add": (["offices_attorney * +", "pictures 0 +"], READERS),
    "offices_attorney_change": (
        ["offices_attorney {row} .*", "pictures 0 +", *MOVED],
        READERS,
    ),
    "offices_attorney_delete": (["offices_attorney {row} -"], READERS),
    "offices_attorney_changelist": (["offices_attorney * -"], READERS),
    "offices_page_change": (["offices_page {row} .*"], READERS),
}
ACCOUNT = ["auth_user {row} .*", "auth_user_groups {row} *"]
ACCOUNT += ["auth_user_user_permissions {row} *"]
GROUP = ["auth_group {row} .*", "auth_group_permissions {row} *"]
OWNER = {
    "notices-decline": (["notices_mailtrial * *"], DESK),
    "auth_user_add": ([a.replace("{row} .*", "* +") for a in ACCOUNT], DESK),
    "auth_user_change": (ACCOUNT, DESK),
    "auth_user_password_change": (["auth_user {row} .password"], DESK),
    "auth_user_delete": (["*"], READERS),
    "auth_user_changelist": (["*"], READERS),
    "auth_group_add": (["auth_group* * +"], DESK),
    "auth_group_change": (GROUP, DESK),
    "auth_group_delete": (["auth_* * -", "lawblog_role* * -"], DESK),
    "auth_group_changelist": (["auth_* * -", "lawblog_role* * -"], DESK),
}
LISTS = {"nobody": {}, "staff": STAFF, "attorney": ATTORNEY, "owner": OWNER}


def allowed(
    role: str, address: Address, changes: set[str], user: User | None
) -> tuple[bool, bool]:
    """Whether the list has all the changes, and whether readers may see them."""
    roles = list(LISTS)[: list(LISTS).index(role) + 1]
    entries = [LISTS[r][address.name] for r in roles if address.name in LISTS[r]]
    patterns = [*RECORD, *(pattern for changed, _ in entries for pattern in changed)]
    names = {"row": address.row or "*", "me": str(user.pk) if user else ""}
    known = [pattern.format(**names) for pattern in patterns]
    listed = all(any(fnmatchcase(c, k) for k in known) for c in changes)
    return listed, any(readers for _, readers in entries)
