from lawblog.pagecache.fragments import cached_fragment
from offices.models import Firm, Office, Page

KINDS = Page.Kind.choices


def firm(request):
    """The firm's record for every page: `firm` and `offices`, which are kept until
    something changes, and `pages_of_record`, the end of the address and the label of
    every kind."""
    if not hasattr(request, "firm_record"):
        request.firm_record = {
            "firm": cached_fragment("firm", Firm.objects.the_firm),
            "offices": cached_fragment("offices", Office.objects.on_site),
            "pages_of_record": KINDS,
        }
    return request.firm_record
