"""What prevents a publication, and what needs a reason. Pure."""

from django.utils import timezone

from lawblog.html.richtext import to_text
from posts.checks import MUST, Finding

from .candidate import Candidate

NO_REASON = (
    "Read what the checks found. If it may stand, say why in a few words: your reason "
    "is kept with the edition."
)


def problems(candidate: Candidate, *, approved: bool) -> list[str]:
    """What prevents the publication, in sentences.

    approved: whether somebody approves it. The firm's record must then be finished;
    samples, which nobody approves, show a site before it is filled in.
    """
    fixed_first = [f for f in candidate.findings if f.severity == MUST]
    return [
        *obstacles(candidate, approved=approved),
        *map(_in_its_place, fixed_first),
    ]


def obstacles(candidate: Candidate, *, approved: bool) -> list[str]:
    """Those of the problems() that are not findings of the checks."""
    found = _not_an_article(candidate)
    if approved:
        found += [
            f"The firm's record is unfinished: {sentence}"
            for sentence in candidate.firm_lacks
        ]
        if candidate.lacks_picture:
            # Its file is named by its content: whoever uploads it later, readers would
            # see what nobody approved.
            found.append(
                "It shows a picture that is not in the library, so that nobody has "
                "seen it. Take it out, or choose it again."
            )
        # An edition names it for good, so that it could never be taken away.
        found += [
            f"“{sample}” is a sample article, which is taken away before launch. "
            "Approve that one first, or choose no newer article and no original here."
            for sample in candidate.samples_named
        ]
    return found


def former_reason(candidate: Candidate) -> str:
    """The reason given for the last edition, if the checks find one of the same things
    again; else ""."""
    if not candidate.latest:
        return ""
    known = [
        (warning["sentence"], warning["excerpt"])
        for warning in candidate.latest.warnings
    ]
    again = any((f.sentence, f.excerpt) in known for f in candidate.findings)
    return candidate.latest.override_reason if again else ""


def _not_an_article(candidate: Candidate) -> list[str]:
    edition = candidate.edition
    found: list[str] = []
    if not edition.title.strip():
        found.append("The article has no title.")
    if not to_text(edition.body) and "<img" not in edition.body:
        found.append("The article has no text.")
    if edition.law_as_of > timezone.localdate(edition.live_from):
        found.append("“Law as of” is a day to come. Say when the law was checked.")
    if edition.published_on > timezone.localdate(edition.live_from):
        found.append(
            "The article's date is after the day on which it goes live. Leave the date "
            "empty, or schedule the article."
        )
    if candidate.address_is_taken:
        found.append("Another article is, or will be, at this address. Change it.")
    return found + candidate.other_versions


def _in_its_place(finding: Finding) -> str:
    place = f" (“{finding.excerpt}”)" if finding.excerpt else ""
    return f"{finding.sentence}{place}"
