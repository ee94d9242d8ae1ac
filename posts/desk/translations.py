"""The desk's part in languages: begin a translation, see which fell behind."""

from django.conf import settings

from posts.models import Post


def missing(post):
    """(code, name) of the languages that the saved article is not translated into."""
    if post.translation_of_id:
        return []
    there = Post.objects.filter(translation_of=post).values_list("language", flat=True)
    taken = {post.language, *there}
    return [pair for pair in settings.LANGUAGES if pair[0] not in taken]


def begun(query):
    """Initial values of a new article that is to translate another: the original's
    words, to be written over, but for the title, from which the address is made.
    Empty unless the query names an original and a language that it lacks."""
    number, language = query.get("translation_of", ""), query.get("language", "")
    # At most nine digits: a longer number is no row's, and some databases raise.
    if not number.isdecimal() or len(number) > 9:
        return {}
    original = Post.objects.filter(pk=number).first()
    if not original or language not in dict(missing(original)):
        return {}
    return {
        "translation_of": original.pk,
        "language": language,
        "summary": original.summary,
        "body": original.body,
        "topics": list(original.topics.all()),
        "author": original.author_id,
        "law_as_of": original.law_as_of,
        "review_by": original.review_by,
    }
