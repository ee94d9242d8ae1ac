"""Characters that XML forbids cannot come into a table, by whatever way."""

import pytest
from django.contrib.auth.models import User

from offices.models import Attorney, Closure, Firm, Office
from posts.models import Series, Term, Topic

BAD = "A\x00\x0b\ufffe\uffff\x7fB"
DAYS = {"first_day": "2026-12-24", "last_day": "2026-12-25"}


@pytest.mark.parametrize(
    ("model", "field", "others"),
    (
        (Topic, "name", {"slug": "a"}),
        (Series, "name", {"slug": "a"}),
        (Term, "explanation", {"term": "a"}),
        (Attorney, "name", {"slug": "a"}),
        (Closure, "reason", DAYS),
        (User, "first_name", {"username": "a"}),
    ),
)
def test_no_row_is_saved_with_them(set_up, model, field, others):
    row = model.objects.create(**{field: BAD}, **others)
    assert getattr(row, field) == "AB"
    assert model.objects.filter(**{field: "AB"}).exists()


def test_nor_is_one_that_is_changed(set_up, client):
    for model, field in ((Firm, "name"), (Office, "parking")):
        row = model.objects.first()
        setattr(row, field, BAD)
        row.save()
        row.refresh_from_db()
        assert getattr(row, field) == "AB"


def test_a_name_that_differs_in_one_alone_is_taken(attorney_client, set_up):
    Series.objects.create(name="AB", slug="ab")
    sent = {"name": "A\ufffeB", "slug": "cd"}
    page = attorney_client.post("/admin/posts/series/add/", sent).content.decode()
    assert "There is one of this name already." in page
    assert Series.objects.count() == 1
