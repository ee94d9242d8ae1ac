from django.urls import path, re_path

from . import article_files, views
from .changes import changes

app_name = "posts"
urlpatterns = [
    # Before the article: a year is not an article's address (models.not_reserved).
    re_path(r"^(?P<year>19\d\d|2[01]\d\d)/$", views.YearList.as_view(), name="year"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("", views.PostList.as_view(), name="list"),
    path("topics/<slug:topic>/", views.TopicList.as_view(), name="topic"),
    path("<slug:slug>/card.jpg", article_files.cover_card, name="cover"),
    path("<slug:slug>/card.png", article_files.card, name="card"),
    path("<slug:slug>/offline.html", article_files.offline, name="offline"),
    path("<slug:slug>/changes/", changes, name="changes"),
    path("<slug:slug>/qr.svg", article_files.qr_code, name="qr"),
]
