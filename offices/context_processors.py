from django.utils.functional import SimpleLazyObject

from .models import Firm, Office


def firm(request):
    """The firm's record for every page: `firm` and `offices`, read once a request,
    and only when printed."""
    if not hasattr(request, "firm_record"):
        request.firm_record = {
            "firm": SimpleLazyObject(Firm.objects.the_firm),
            "offices": SimpleLazyObject(Office.objects.on_site),
        }
    return request.firm_record
