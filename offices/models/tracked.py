from django.db import models


class Tracked(models.Model):
    """A row whose forms notice when somebody else saved it
    (lawblog/desk/locking.py)."""

    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
