"""Labels of forms without Django's colon, as templates write theirs."""

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString


class PlainLabel(BoundField):
    def label_tag(
        self,
        contents: str | None = None,
        attrs: dict[str, str | bool] | None = None,
        label_suffix: str | None = None,
        tag: str | None = None,
    ) -> SafeString:
        return super().label_tag(contents, attrs, "", tag)


class Renderer(DjangoTemplates):
    bound_field_class = PlainLabel
