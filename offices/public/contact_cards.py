"""An office as a vCard, for a phone's contacts."""

from typing import Literal

from vobject import vCard
from vobject.vcard import Address, Name

from offices.models import Firm, Office

Version = Literal["3.0", "4.0"]


def vcard(office: Office, firm: Firm, url: str, version: Version = "3.0") -> str:
    """A vCard: 3.0 (RFC 2426), which Outlook, Google and Android's importers read, or
    4.0 (RFC 6350), for the programs that read no older one. vobject calls all it writes
    3.0 unless it is told; what differs between the two is told it here. An office
    without a phone gets the number to call labelled as the other office's, never as
    its own."""
    card = vCard()
    card.add("version").value = version
    name = f"{firm.display_name}, {office.name} office"
    card.add("fn").value = name
    if version == "4.0":
        card.add("kind").value = "org"
    else:
        # This version needs one; Apple's programs are told that it is nobody's.
        card.add("n").value = Name(family=name)
        card.add("x-abshowas").value = "COMPANY"
    card.add("org").value = [firm.display_name]
    _add_address(card, office, version)
    _add_phones(card, office, version)
    if notes := _notes(office):
        card.add("note").value = " ".join(notes)
    card.add("url").value = url
    text: str = card.serialize()
    return text


def _add_address(card: vCard, office: Office, version: Version) -> None:
    line = card.add("adr")
    place = office.street_line, office.city, office.state, office.zip_code
    line.value = Address(*place, "United States")
    line.type_param = _kinds("WORK", version=version)


def _add_phones(card: vCard, office: Office, version: Version) -> None:
    if office.phone:
        _add_phone(card, office.dial, version, "WORK", "VOICE")
    elif office.call:
        _add_phone(card, office.call.dial, version, "VOICE", group="other")
        label = card.add("x-ablabel")
        label.group, label.value = "other", f"{office.call.name} office"
    if office.fax:
        _add_phone(card, office.fax_dial, version, "WORK", "FAX")


def _add_phone(
    card: vCard, dial: str, version: Version, *kinds: str, group: str | None = None
) -> None:
    line = card.add("tel")
    line.group = group
    line.value = f"tel:{dial}" if version == "4.0" else dial
    if version == "4.0":
        line.value_param = "uri"
    line.type_param = _kinds(*kinds, version=version)


def _kinds(*kinds: str, version: Version) -> list[str]:
    return [kind.lower() for kind in kinds] if version == "4.0" else list(kinds)


def _notes(office: Office) -> list[str]:
    notes = []
    if not office.phone and office.call:
        notes.append(f"Call our {office.call.name} office: {office.call.phone}.")
    if office.appointment_only:
        notes.append("By appointment only.")
    if office.receives_mail:
        notes.append("Send all mail to this office.")
    return notes
