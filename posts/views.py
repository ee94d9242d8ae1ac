from django.db.models import Count, F, Q
from django.db.models.functions import ExtractYear
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from lawblog.languages import everywhere
from lawblog.pages import not_kept
from offices.models import Attorney

from .models import Edition, Topic
from .search import search


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


def home(request):
    context = {"editions": listed()[:6], "all_topics": Topic.objects.in_use()}
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
    topics = Topic.objects.in_use()
    context = {"results": results, "q": results.text, "all_topics": topics}
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
    # What this list is narrowed down to, as filters of editions.
    narrowed = {}

    def get_queryset(self):
        return listed().filter(**self.narrowed)

    def get_context_data(self, **kwargs):
        years = Edition.objects.live().in_language()
        years = years.annotate(year=ExtractYear("published_on")).order_by("-year")
        return super().get_context_data(
            title=self.title,
            alternates=self.alternates(),
            all_topics=Topic.objects.in_use(),
            years=years.values_list("year", flat=True).distinct(),
            **kwargs,
        )

    def alternates(self):
        """{language: path} of this list where it is not empty."""
        paths = everywhere(self.request.path)
        live = Edition.objects.live().filter(**self.narrowed)
        return {
            code: path
            for code, path in paths.items()
            if not self.narrowed or live.in_language(code).exists()
        }


class TopicList(PostList):
    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return redirect(Topic.objects.merged_from(kwargs["topic"]), permanent=True)

    @cached_property
    def topic(self):
        return get_object_or_404(Topic.objects.in_use(), slug=self.kwargs["topic"])

    @property
    def narrowed(self):
        return {"topics": self.topic}

    @property
    def title(self):
        return str(self.topic)


class YearList(PostList):
    allow_empty = False

    @property
    def narrowed(self):
        return {"published_on__year": self.kwargs["year"]}

    @property
    def title(self):
        return _("Articles of %(year)s") % self.kwargs


def detail(request, slug):
    edition = listed().with_reviews().filter(slug=slug).first()
    if not edition:
        return redirect_from_old_address(slug)
    return render(request, "posts/post_detail.html", article_context(edition))


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
    place = (edition.published_on, edition.pk or 0)
    older = Q(published_on__lt=place[0]) | Q(published_on=place[0], pk__lt=place[1])
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
        "previous": same_language.filter(older).newest_first().first(),
        "next": same_language.exclude(older).order_by("published_on", "pk").first(),
        "related": same_language.filter(topics__in=topics)
        .annotate(shared=Count("pk"))
        .order_by("-shared", "-published_on", "-pk")[:3],
    }
