from functools import partial

from django.utils.functional import SimpleLazyObject

from lawblog.pages.parts import part

from .models import Firm, Office

RECORD = {"firm": Firm.objects.the_firm, "offices": Office.objects.on_site}


def firm(request):
    """The firm's record for every page: `firm` and `offices`, read when they are
    first printed and kept until something changes."""
    if not hasattr(request, "firm_record"):
        request.firm_record = {
            name: SimpleLazyObject(partial(part, name, read))
            for name, read in RECORD.items()
        }
    return request.firm_record
