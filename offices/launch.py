"""For the launch checklist: what the firm's record must say."""

from collections.abc import Iterator

from django.urls import reverse

from lawblog.desk.launch import Item
from offices.models import Attorney, Firm, Office, Page

NEUTRAL = "Readers see neutral words until then."


def items() -> Iterator[Item]:
    firm = Firm.objects.the_firm()
    yield from _of_the_firm(firm)
    yield from _of_the_attorney(firm.responsible_attorney)
    yield from _of_offices()
    yield from _of_pages()


def _of_the_firm(firm: Firm) -> Iterator[Item]:
    page = reverse("admin:offices_firm_change", args=[1])
    facts = (
        ("firm-name", "Give the firm’s name", "name", NEUTRAL),
        (
            "article-notice",
            "Write the notice under articles",
            "article_notice",
            "It tells readers that an article is no legal advice.",
        ),
    )
    for key, words, field, why in facts:
        done = bool(getattr(firm, field))
        yield Item(key, words, why, f"{page}#id_{field}", is_done=done)


def _of_the_attorney(attorney: Attorney | None) -> Iterator[Item]:
    firm = reverse("admin:offices_firm_change", args=[1])
    why = "Who answers for this site is named on it."
    words, page = "Choose the responsible attorney", f"{firm}#id_responsible_attorney"
    yield Item("attorney", words, why, page, is_done=bool(attorney))
    if not attorney:
        return
    page = reverse("admin:offices_attorney_change", args=[attorney.pk])
    yield Item(
        "attorney-name",
        f"Give {attorney}’s full name",
        "First and last name, as admitted to the bar.",
        f"{page}#id_name",
        is_done=len(attorney.name.split()) > 1,
    )
    yield Item(
        "admissions",
        f"Give the bar admissions of {attorney}",
        "They stand under every article.",
        f"{page}#id_admissions",
        is_done=bool(attorney.admissions),
    )


def _of_offices() -> Iterator[Item]:
    offices = Office.objects.on_site()
    if not offices:
        page = reverse("admin:offices_office_add")
        why = "Readers are told where to find you."
        yield Item("office", "Enter an office", why, page, is_done=False)
    for office in offices:
        yield Item(
            f"hours-{office.slug}",
            f"Give the hours of {office}, or “by appointment”",
            "Until then, readers are told to call.",
            reverse("admin:offices_office_hours", args=[office.pk]),
            is_done=office.appointment_only or bool(office.spans),
            needs="offices.change_office",
        )


def _of_pages() -> Iterator[Item]:
    for page in Page.objects.all():
        yield Item(
            f"page-{page.kind}-{page.language}",
            f"Review “{page}”",
            "It begins with neutral words. Read it, make it yours, tick “reviewed”.",
            reverse("admin:offices_page_change", args=[page.pk]) + "#id_reviewed",
            is_done=page.reviewed,
        )
