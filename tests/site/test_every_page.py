"""Each public page is shown; what is on it, its own tests say."""

from helpers.pages import PUBLIC

NOT_THERE = {"/nothing/": 404, "/preview/gone/": 404}


def test_each_public_page_is_shown(asked):
    found = {page: asked.public[page].status_code for page in PUBLIC}
    expected = {page: NOT_THERE.get(page, 200) for page in PUBLIC}
    assert found == expected
