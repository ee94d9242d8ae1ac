"""The only way words reach the public, with the counts that go along."""

from .candidate import Candidate, candidate_for, edition_of, findings, was_never_read
from .changed_meanwhile import ChangedMeanwhile, standing
from .digest import digest, digest_of
from .publication import UNAPPROVED, publish
from .rules import former_reason, obstacles, problems
from .withdrawal import cancel, withdraw

__all__ = [
    "UNAPPROVED",
    "Candidate",
    "ChangedMeanwhile",
    "cancel",
    "candidate_for",
    "digest",
    "digest_of",
    "edition_of",
    "findings",
    "former_reason",
    "obstacles",
    "problems",
    "publish",
    "standing",
    "was_never_read",
    "withdraw",
]
