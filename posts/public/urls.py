from django.urls import path, re_path

from . import views
from .changes import changes

app_name = "posts"
urlpatterns = [
    path("", views.PostList.as_view(), name="list"),
    # Before the article: a year is no article's address (models.not_reserved).
    re_path(r"^(?P<year>19\d\d|2[01]\d\d)/$", views.YearList.as_view(), name="year"),
    path("topics/<slug:topic>/", views.TopicList.as_view(), name="topic"),
    path("<slug:slug>/card.png", views.card, name="card"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/changes/", changes, name="changes"),
    path("<slug:slug>/qr.svg", views.qr_code, name="qr"),
]
