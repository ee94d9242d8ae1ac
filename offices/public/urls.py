from django.urls import path

from . import views

app_name = "offices"
urlpatterns = [
    path("", views.office_list, name="list"),
    *(
        path(f"<slug:slug>{end}", view, name=name)
        for view, end, name in (
            (views.vcard, ".vcf", "vcard"),
            (views.calendar, ".ics", "calendar"),
            (views.qr, ".svg", "qr"),
            (views.detail, "/", "detail"),
        )
    ),
]
