"""An article's fields for people: label, and value in words."""

from typing import Any

from django.utils.formats import date_format

from offices.models import Attorney
from posts.models import COPIED, Post, Series, Topic

COMPARED_FIELDS = [*COPIED, "published_on"]
DATE_FIELDS = ("published_on", "law_as_of", "review_by")
ROW_FIELDS = {"superseded_by_id": Post, "translation_of_id": Post, "series_id": Series}
# {(kind, row number): what people call it}
Names = dict[tuple[str, int], str]


def topic_and_author_names() -> Names:
    """Of all topics and attorneys."""
    topics = Topic.objects.values_list("pk", "name")
    people = Attorney.objects.values_list("pk", "name")
    found: Names = {("topic", pk): name for pk, name in topics}
    return found | {("author_id", pk): name for pk, name in people}


def field_label(name: str) -> str:
    field = Post._meta.get_field(name.removesuffix("_id"))
    words = str(getattr(field, "verbose_name", name))
    return words[:1].upper() + words[1:]


def value_in_words(name: str, value: Any, called: Names) -> str:
    if value in (None, ""):
        return ""
    if name == "cover":
        return f"picture {str(value).rsplit('/', 1)[-1]}"
    if name in DATE_FIELDS:
        return date_format(value, "F j, Y")
    if name in ROW_FIELDS:
        row = ROW_FIELDS[name]._base_manager.filter(pk=value).first()
        return str(row or "a row since deleted")
    if name == "author_id":
        return called.get((name, value), "someone since removed")
    return str(value)
