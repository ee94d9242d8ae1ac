from django.conf import settings
from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import ListView

from lawblog import drawing
from lawblog.languages import everywhere
from lawblog.pages import not_kept
from lawblog.pages.parts import part
from offices.cards import qr
from offices.context_processors import firm
from offices.models import Attorney

from .glossary import read_with_terms
from .llms import llms
from .models import Edition, Topic
from .pagination import MonthPaginator
from .related import related
from .search import search
from .series import place_in_series
from .tallies import Live


def listed():
    """Live editions in the page's language, newest first, as lists print them."""
    return (
        Edition.objects.live()
        .in_language()
        .newest_first()
        .select_related("author")
        .prefetch_related("topics")
        .annotate(is_sample=F("post__is_sample"))
    )


def topics_in_use():
    return part(f"topics {get_language()}", lambda: list(Topic.objects.in_use()))


def home(request):
    context = {"editions": listed()[:6], "all_topics": topics_in_use()}
    return render(request, "posts/home.html", context)


def attorney(request, slug):
    person = get_object_or_404(Attorney, slug=slug)
    context = {"attorney": person, "editions": listed().filter(author=person)[:20]}
    return render(request, "posts/attorney.html", context)


@not_kept
def search_page(request):
    asked = {name: request.GET.get(name, "") for name in ("topic", "year", "language")}
    page = request.GET.get("page", 1)
    results = search(request.GET.get("q", ""), page=page, **asked)
    context = {"results": results, "q": results.text, "all_topics": topics_in_use()}
    context["kept"] = results.address()
    response = render(request, "posts/search.html", context)
    # What a reader looked for is nobody's to keep, this browser's next user included.
    response["Cache-Control"] = "no-store"
    return response


class PostList(ListView):
    paginate_by = 10
    template_name = "posts/post_list.html"
    context_object_name = "editions"
    title = gettext_lazy("Articles")
    topic, is_narrowed = None, False

    def get_queryset(self):
        return listed().annotate(on=F("published_on"))

    def get_paginator(self, *args, **kwargs):
        months = self.months(get_language())
        return MonthPaginator(*args, months=months, **kwargs)

    @cached_property
    def live(self):
        under = self.topic and self.topic.pk
        return part(f"tallies {under}", lambda: Live(self.topic))

    def months(self, code):
        return self.live.months(code, self.topic and self.topic.pk)

    def get_context_data(self, **kwargs):
        years = {month.year for month, _ in self.live.months(get_language())}
        return super().get_context_data(
            title=self.title,
            alternates=self.alternates(),
            canonical=self.canonical(),
            all_topics=topics_in_use(),
            years=sorted(years, reverse=True),
            **kwargs,
        )

    def canonical(self):
        """The path of this page of the list; the first page has no number in it."""
        number = self.request.GET.get(self.page_kwarg, "1")
        return self.request.path + ("" if number == "1" else f"?page={number}")

    def alternates(self):
        """{language: path} of this list where it is not empty."""
        paths = everywhere(self.request.path)
        if not self.is_narrowed:
            return paths
        return {code: path for code, path in paths.items() if self.months(code)}


class TopicList(PostList):
    is_narrowed = True

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return redirect(Topic.objects.merged_from(kwargs["topic"]), permanent=True)

    @cached_property
    def topic(self):
        return get_object_or_404(Topic.objects.in_use(), slug=self.kwargs["topic"])

    def get_queryset(self):
        filed = {"filing__topic": self.topic, "filing__language": get_language()}
        # Ordered by the filing, whose index both narrows down and orders.
        rows = listed().filter(**filed).annotate(on=F("filing__published_on"))
        return rows.order_by("-on", "-filing__edition_id")

    @property
    def title(self):
        return str(self.topic)


class YearList(PostList):
    allow_empty, is_narrowed = False, True

    def get_queryset(self):
        return super().get_queryset().filter(published_on__year=self.kwargs["year"])

    def months(self, code):
        every, year = super().months(code), int(self.kwargs["year"])
        return [(month, number) for month, number in every if month.year == year]

    @property
    def title(self):
        return _("Articles of %(year)s") % self.kwargs


def detail(request, slug):
    edition = listed().with_reviews().filter(slug=slug).first()
    if not edition:
        return redirect_from_old_address(slug)
    return render(request, "posts/post_detail.html", article_context(edition))


def qr_code(request, slug):
    """The article's address for a camera; printed at the end of the article."""
    edition = get_object_or_404(Edition.objects.live().in_language(), slug=slug)
    address = settings.SITE_URL + edition.get_absolute_url()
    return HttpResponse(qr(address), "image/svg+xml")


def card(request, slug):
    """The picture that goes with a shared link to the article."""
    live = Edition.objects.live().in_language()
    edition = get_object_or_404(live.only("title"), slug=slug)
    name = firm(request)["firm"].display_name
    return HttpResponse(drawing.card(edition.title, name), content_type="image/png")


def llms_txt(request):
    record, editions = firm(request), Edition.objects.live().newest_first()[:50]
    text = llms(record["firm"], record["offices"], editions)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def redirect_from_old_address(slug):
    """To where the article that was once published here is live now, or 404."""
    former = Edition.objects.ever_public().filter(slug=slug).values("post")
    successor = Edition.objects.live().filter(post__in=former).first()
    if not successor:
        raise Http404
    return redirect(successor, permanent=True)


def newer_than(editions):
    """Live editions of the articles that supersede these, by their post's id."""
    posts = {e.superseded_by_id for e in editions if e.superseded_by_id}
    if not posts:
        return {}
    live = Edition.objects.live().filter(post__in=posts)
    return {edition.post_id: edition for edition in live}


def article_context(edition, topics=None):
    """What an article's page shows; the preview passes an unsaved edition's topics."""
    topics = edition.topics.all() if topics is None else topics
    others = Edition.objects.live().exclude(post=edition.post_id)
    same_language = others.filter(language=edition.language)
    day, pk = edition.published_on, edition.pk or 0
    # Each with a bound that an index understands, and the "or" that is exact.
    older = Q(published_on__lt=day) | Q(pk__lt=pk), Q(published_on__lte=day)
    newer = Q(published_on__gt=day) | Q(pk__gt=pk), Q(published_on__gte=day)
    work = Edition.objects.live().of_work(edition.original_id)
    translations = {other.language: other for other in work.order_by("pk")}
    original = next(
        (e for e in translations.values() if e.post_id == edition.translation_of_id),
        None,
    )
    return {
        "edition": edition,
        "alternates": {
            code: other.get_absolute_url() for code, other in translations.items()
        },
        "original": original if original and edition.is_behind(original) else None,
        "newer": newer_than([edition]).get(edition.superseded_by_id),
        "topics": topics,
        "previous": same_language.filter(*older).newest_first().first(),
        "next": same_language.filter(*newer).order_by("published_on", "pk").first(),
        "related": related(edition, topics),
        "reading": read_with_terms(edition),
        "series": place_in_series(edition),
    }
