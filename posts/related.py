"""Which articles to read next: they share a topic, and the words that few others have.

Asked when the page is rendered, at a bounded cost: of the CANDIDATES newest articles
that share a topic, the beginnings are compared, as sets of word stems.
"""

from collections import Counter
from math import fsum, log

from django.db.models.functions import Substr

from lawblog.richtext import to_text

from .models import Edition, Filing
from .search.words import WORD, stems

CANDIDATES, SHOWN = 40, 3
FILED = 10 * CANDIDATES  # an article counts once a topic and edition
BEGINNING = 3000  # characters of the text; after that an article repeats its words


def related(edition, topics):
    """At most SHOWN live editions in the same language that share one of the topics,
    those nearest in their words first, of two alike the newest."""
    filed = Filing.objects.filter(topic__in=topics, language=edition.language)
    filed = filed.exclude(edition__in=Edition.objects.filter(post=edition.post_id))
    # Before asking what is live: of a million articles that would be many.
    filed = filed.order_by("-published_on", "-edition_id")[:FILED]
    live = Edition.objects.live().in_language(edition.language)
    sharing = live.filter(pk__in=filed.values("edition")).defer("body").newest_first()
    newest = list(sharing.annotate(beginning=Substr("body", 1, BEGINNING))[:CANDIDATES])
    mine = words_of(edition, edition.body[:BEGINNING])
    theirs = [words_of(other, other.beginning) for other in newest]
    in_how_many = Counter(word for words in [mine, *theirs] for word in words)

    def telling(words):
        # fsum(), since a set's order, and with it a plain sum, differs between workers.
        return fsum(log((len(theirs) + 2) / in_how_many[word]) for word in words)

    # Divided by all their words, so that a long article is not near to everything.
    near = [telling(mine & words) / (telling(mine | words) or 1) for words in theirs]
    ranked = sorted(zip(near, newest, strict=True), key=lambda pair: -pair[0])
    return [other for _, other in ranked[:SHOWN]]


def words_of(edition, beginning):
    """The stems of an edition's title, summary, topics and the beginning of its text;
    a tag that the beginning cuts through is left out."""
    texts = [edition.title, edition.summary, *edition.topic_names]
    texts.append(to_text(beginning.rpartition("<")[0] or beginning))
    return set(stems(WORD.findall(" ".join(texts)), edition.language))
