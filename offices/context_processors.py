from functools import partial

from django.utils.functional import SimpleLazyObject

from lawblog.pages.parts import part

from .models import Firm, Office


READERS = {"firm": Firm.objects.the_firm, "offices": Office.objects.on_site}


def firm(request):
    """The firm's record for every page: `firm` and `offices`, read when they are
    first printed and kept until something changes."""
    if not hasattr(request, "firm_record"):
        request.firm_record = {
            "firm": SimpleLazyObject(lambda: part("firm", Firm.objects.the_firm)),
            "offices": SimpleLazyObject(
                lambda: part("offices", Office.objects.on_site)
            ),
        }
    return request.firm_record
