from django.http import Http404
from django.shortcuts import render

from .models import Office


def office_list(request):
    return render(request, "offices/office_list.html")


def office_detail(request, slug):
    offices = Office.objects.on_site()
    office = next((office for office in offices if office.slug == slug), None)
    if not office:
        raise Http404
    context = {"office": office, "offices": offices}
    return render(request, "offices/office_detail.html", context)
