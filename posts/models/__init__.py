"""A Post is the desk's working copy; an Edition is what the public reads."""

from .article_count import ArticleCount
from .edition import Edition, FrozenEdition
from .edition_picture import EditionPicture
from .edition_topic import EditionTopic
from .old_address import OldAddress
from .post import COPIED, Post, not_reserved
from .preview_link import PreviewLink
from .review import REVIEWED_FOR, Review
from .series import Series
from .term import Term, add_articles
from .topic import Topic

__all__ = [
    "COPIED",
    "REVIEWED_FOR",
    "ArticleCount",
    "Edition",
    "EditionPicture",
    "EditionTopic",
    "FrozenEdition",
    "OldAddress",
    "Post",
    "PreviewLink",
    "Review",
    "Series",
    "Term",
    "Topic",
    "add_articles",
    "not_reserved",
]
