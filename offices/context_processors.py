from django.utils.functional import SimpleLazyObject

from .models import Firm, Office


def firm(request):
    """The firm's record for every page: `firm` and `offices`, read when printed."""
    return {
        "firm": SimpleLazyObject(
            lambda: (
                Firm.objects.select_related("responsible_attorney").first() or Firm()
            )
        ),
        "offices": SimpleLazyObject(Office.objects.on_site),
    }
