from django.db import models


class Tracked(models.Model):
    """A row whose forms notice that somebody else saved it (lawblog/locking.py)."""

    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
