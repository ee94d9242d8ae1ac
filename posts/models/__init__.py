"""A Post is the desk's working copy; an Edition is what the public reads.

No public page reads a Post's words. Editions are written by publishing.py alone.
"""

from .edition import Edition, FrozenEdition
from .filing import Filing
from .picture import EditionPicture
from .post import COPIED, Post, not_reserved
from .preview_link import PreviewLink
from .review import REVIEWED_FOR, Review
from .series import Series
from .tally import Tally
from .term import Term, add_articles
from .topic import FormerTopic, Topic

__all__ = [
    "COPIED",
    "REVIEWED_FOR",
    "Edition",
    "EditionPicture",
    "Filing",
    "FormerTopic",
    "FrozenEdition",
    "Post",
    "PreviewLink",
    "Review",
    "Series",
    "Tally",
    "Term",
    "Topic",
    "add_articles",
    "not_reserved",
]
