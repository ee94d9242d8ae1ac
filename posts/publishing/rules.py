"""What keeps a candidate from being published, and what needs a reason. Pure."""

from lawblog.html.richtext import to_text
from posts.checks import MUST, Finding

from .candidate import Candidate

NO_REASON = (
    "Read what the checks found. If it may stand, say why in a few words: your reason "
    "is kept with the edition."
)


def problems(candidate: Candidate, *, approved: bool) -> list[str]:
    """What keeps the candidate from being published, in sentences.

    approved: whether somebody approves it. The firm's record must then be finished;
    samples, which nobody approves, show a site before it is filled in.
    """
    found = [*_not_an_article(candidate)]
    found += [_in_its_place(f) for f in candidate.findings if f.severity == MUST]
    if approved:
        found += [
            f"The firm's record is unfinished: {sentence}"
            for sentence in candidate.firm_lacks
        ]
    return found


def _not_an_article(candidate: Candidate) -> list[str]:
    edition, found = candidate.edition, []
    if not edition.title.strip():
        found.append("The article has no title.")
    if not to_text(edition.body) and "<img" not in edition.body:
        found.append("The article has no text.")
    if candidate.address_is_taken:
        found.append("Another article is, or will be, at this address. Change it.")
    return found


def _in_its_place(finding: Finding) -> str:
    place = f" (“{finding.excerpt}”)" if finding.excerpt else ""
    return f"{finding.sentence}{place}"
