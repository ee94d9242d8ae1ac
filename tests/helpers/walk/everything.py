"""One body with every button and field that the desk knows."""

from datetime import timezone

from django.apps import apps

from helpers.clock import NOON
from helpers.walk.addresses import Address
from helpers.walk.forms import FORGED, PASSWORD, picture
from helpers.walk.site import SAME
from lawblog.desk.locking import version_token
from lawblog.people import roles


def everything(address: Address, world: dict) -> dict[str, list]:
    """For what has no form to be forged: it is all there, whatever a view reads."""
    deleted = [n for what, n in world["versions"].items() if what.startswith("deleted")]
    return {
        "post": ["yes"],
        "_publish": [""],
        "_save": [""],
        "cancel": [""],
        "add": ["yes"],
        "key": ["form.I-485"],
        "approve": ["yes"],
        # What the page of a change that readers are told of shows.
        "undo": world["told"],
        "narrow": ["yes"],
        "what": ["principal"],
        "reason": [FORGED],
        "note": [FORGED],
        "text": [FORGED],
        "name": [FORGED],
        "days": ["7"],
        "into": [str(SAME)],
        "edition": world["live"],
        "version": [str(pk) for pk in deleted[:1]],
        "is_superuser": ["on"],
        "is_public": ["on"],
        "reviewed": ["on"],
        "new_password1": [PASSWORD],
        "new_password2": [PASSWORD],
        "email": ["forged@firm.example"],
        "role": [roles.STAFF],
        "upload": [picture],
        "piece": [picture],
        # A page that is open, and what it sends while somebody types.
        "autosave": ["walked"],
        "want": ["checks", "preview"],
        "typed_at": [NOON.astimezone(timezone.utc).isoformat()],
        "number": ["7"],
        "files": [picture],
        "finding": world["findings"],
        "version_token": [_version_token(address)],
    }


def _version_token(address: Address) -> str:
    """The state in which the form of the address's row would have been opened."""
    name = "_".join(address.name.split("_")[:2])
    models = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in apps.get_models()}
    if name not in models or not address.row.isdecimal() or len(address.row) > 9:
        return ""
    row = models[name].objects.filter(pk=address.row).first()
    return version_token(row) if row else ""
