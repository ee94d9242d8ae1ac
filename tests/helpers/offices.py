"""An office at the desk, its switches and its form, as a browser uses them."""

from django.urls import reverse

from offices.desk import changes
from offices.models import Office

LIST = "/admin/offices/office/"


def tap(client, office, what, **fields):
    fields = {"version_token": office.updated_at.isoformat(), **fields}
    closure = Office.objects.get(pk=office.pk).closed_today()
    fields = {"closure": closure.pk if closure else "", **fields}
    address = reverse("admin:offices_office_switch", args=[office.pk])
    return client.post(address, {"what": what, **fields}, follow=True)


def change_form(client, office):
    """The office's form as the browser shows it, ready to send back."""
    page = client.get(f"{LIST}{office.pk}/change/")
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    values = {
        field.html_name: field.value()
        for form in forms
        for field in form.visible_fields()
    } | {
        field.html_name: field.value()
        for form in forms
        for field in form.hidden_fields()
    }
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False
    }


def put_back(client, office, revision):
    """Presses “Put back” on the page of its changes as it is now."""
    undo = reverse("admin:offices_office_undo", args=[office.pk, revision])
    return client.post(undo, {"newest": changes.newest(office)}, follow=True)


def history(client, office):
    page = client.get(reverse("admin:offices_office_history", args=[office.pk]))
    return page.context["changes"]
