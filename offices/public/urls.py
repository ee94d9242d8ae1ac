from django.urls import path

from . import views

app_name = "offices"
urlpatterns = [
    path("", views.office_list, name="list"),
    path("<slug:slug>.vcf", views.vcard, name="vcard"),
    path("<slug:slug>.ics", views.calendar, name="calendar"),
    path("<slug:slug>.svg", views.qr, name="qr"),
    path("<slug:slug>/", views.detail, name="detail"),
]
