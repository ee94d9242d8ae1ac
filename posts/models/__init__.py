"""A Post is the desk's working copy; an Edition is what the public reads."""

from .article_count import ArticleCount
from .draft_finding import DraftFinding
from .edition import Edition
from .edition_authority import (
    AuthorityChoice,
    AuthorityCount,
    AuthorityIndex,
    EditionAuthority,
)
from .edition_deadline import EditionDeadline
from .edition_picture import EditionPicture
from .edition_topic import EditionTopic
from .frozen import FrozenEdition
from .import_run import ImportLine, ImportPiece, ImportRun
from .kind import Kind
from .law_change import LawChange, LawNotice
from .old_address import OldAddress
from .passage_note import PassageNote
from .post import Post, not_reserved
from .post_picture import PostPicture
from .preview_link import PreviewLink
from .review import REVIEW_INTERVAL, Review
from .series import Series
from .shared_fields import COPIED
from .synonyms import SynonymGroup
from .term import Term, add_articles
from .topic import Topic

__all__ = [
    "COPIED",
    "REVIEW_INTERVAL",
    "ArticleCount",
    "AuthorityChoice",
    "AuthorityCount",
    "AuthorityIndex",
    "DraftFinding",
    "Edition",
    "EditionAuthority",
    "EditionDeadline",
    "EditionPicture",
    "EditionTopic",
    "FrozenEdition",
    "ImportLine",
    "ImportPiece",
    "ImportRun",
    "Kind",
    "LawChange",
    "LawNotice",
    "OldAddress",
    "PassageNote",
    "Post",
    "PostPicture",
    "PreviewLink",
    "Review",
    "Series",
    "SynonymGroup",
    "Term",
    "Topic",
    "add_articles",
    "not_reserved",
]
