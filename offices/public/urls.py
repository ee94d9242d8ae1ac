from django.urls import path

from lawblog.site.addresses import follow_moves
from offices.models import Office

from . import views

app_name = "offices"
urlpatterns = [
    path("", views.office_list, name="list"),
    *(
        path(
            f"<slug:slug>{end}",
            follow_moves(view, "slug", Office.objects.all),
            name=name,
        )
        for view, end, name in (
            (views.vcard, ".vcf", "vcard"),
            (views.calendar, ".ics", "calendar"),
            (views.qr, ".svg", "qr"),
            (views.detail, "/", "detail"),
        )
    ),
]
