"""What is saved before the page's script has made an address of its name gets one from
the server, and nobody is asked for what they do not know."""

import pytest
from django.test import Client
from django.urls import reverse
from helpers.walk.forms import forms_in, to_send

from offices.models import Attorney, Office
from posts.models import Post, Series, Topic

PLACE = {"street": "1 Main Street", "city": "Newark", "state": "NJ"}
# (model, its name, what else its form needs, its address)
MADE = (
    (Post, {"title": "¿Qué es el asilo?"}, {}, "que-es-el-asilo"),
    (Topic, {"name": "Asylum & Refugees"}, {}, "asylum-refugees"),
    (Series, {"name": "移民"}, {}, "series"),
    (Office, {"name": "Newark"}, {**PLACE, "zip_code": "07102"}, "newark"),
    (Attorney, {"name": "Béa Example"}, {}, "bea-example"),
)


@pytest.mark.slow
def test_an_address_that_nobody_typed_is_made_of_the_name(
    owner_client: Client, finished_firm: None
) -> None:
    for model, name, more, address in MADE:
        add = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add")
        page = owner_client.get(add).content.decode()
        form = next(form for form in forms_in(page) if "slug" in form.fields)
        empty = to_send({**form.body(("_save", "")), "slug": [""]})

        def press(body: dict, add: str = add) -> str:
            answer = owner_client.post(add, body, follow=True)
            return str(answer.content.decode())

        filled = {**empty, **name, **more}
        press(filled)
        row = model._base_manager.get(**name)
        assert row.slug == address, model
        # Once more, as with the script: what is taken is shown, to be changed.
        said = press(filled)
        assert f'name="slug" value="{address}"' in said, model
        assert "has this address" in said or "This address is taken." in said, model
        assert model._base_manager.filter(**name).count() == 1, model
        # Without a name, it alone is asked for.
        said = press({**filled, **dict.fromkeys(name, "")})
        assert said.count('<ul class="errorlist"') == 1, model
