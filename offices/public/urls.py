from django.urls import path

from . import views

app_name = "offices"
urlpatterns = [
    path("", views.office_list, name="list"),
    *(
        path(f"<slug:slug>{end}", view, name=name)
        for view, end, name in (
            (views.vcard, ".vcf", "vcard"),
            (views.vcard_4, ".4.vcf", "vcard-4"),
            (views.calendar, ".ics", "calendar"),
            (views.qr, ".svg", "qr"),
            (views.detail, "/", "detail"),
        )
    ),
]
