"""Registers articles and their tables with the admin, and lists the desk's own
pages."""

from django.contrib import admin

from lawblog.desk.editor_csp import EditorAdmin
from lawblog.desk.pages import DeskAdmin
from lawblog.desk.versioned import VersionedAdmin
from posts.models import (
    LawChange,
    OldAddress,
    Post,
    Series,
    SynonymGroup,
    Term,
    Topic,
)

from . import (
    approving,
    article_pages,
    deleted,
    draft_findings,
    history,
    importing,
    preview_links,
    returning,
    review_queue,
    samples,
)
from .article_list import ArticleList
from .glossary import TermAdmin
from .law import article_law
from .law.changes import LawChangeAdmin
from .old_addresses import OldAddressAdmin
from .pictures import library, picture
from .synonyms import SynonymAdmin
from .topics import SeriesAdmin, TopicAdmin
from .writing import link_picker, panel, passage_notes
from .writing.buttons import Buttons
from .writing.form import ArticleForm


class PostAdmin(
    ArticleList, ArticleForm, Buttons, EditorAdmin, DeskAdmin, VersionedAdmin
):
    view_on_site = False
    desk_pages = (
        ("<int:pk>/preview/", article_pages.preview, "preview"),
        ("<int:pk>/publish/", approving.publish, "publish"),
        ("<int:pk>/withdraw/", approving.withdraw, "withdraw"),
        ("<int:pk>/return/", returning.return_article, "return"),
        ("<int:pk>/law/", article_law.law, "law"),
        ("<int:pk>/reviewed/", review_queue.reviewed, "reviewed"),
        ("needs-review/", review_queue.queue, "needs_review"),
        ("pictures/", library.pictures, "pictures"),
        ("pictures/find/", library.find_pictures, "find_pictures"),
        ("pictures/<int:picture>/", picture.page, "picture"),
        ("samples/", samples.sample_articles, "samples"),
        ("deleted/", deleted.deleted, "deleted"),
        ("find/", link_picker.find, "find"),
        ("frame/", panel.frame, "frame"),
        ("bring-in/", importing.begin, "bring_in"),
        ("bring-in/<int:run>/", importing.report, "brought_in"),
        ("bring-in/<int:run>/files/", importing.take, "bring_in_files"),
        ("<int:pk>/noted/", draft_findings.findings_page, "noted"),
        ("<int:pk>/notes/", passage_notes.notes, "notes"),
        ("<int:pk>/links/", preview_links.links, "links"),
        ("<int:pk>/history/", history.history, "history"),
        ("<int:pk>/compare/", history.compare, "compare"),
        ("<int:pk>/restore/<str:key>/", history.restore, "restore"),
    )


admin.site.register(Post, PostAdmin)
admin.site.register(LawChange, LawChangeAdmin)
admin.site.register(Term, TermAdmin)
admin.site.register(Series, SeriesAdmin)
admin.site.register(SynonymGroup, SynonymAdmin)
admin.site.register(Topic, TopicAdmin)
admin.site.register(OldAddress, OldAddressAdmin)
