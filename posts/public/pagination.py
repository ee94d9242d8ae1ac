"""Page N of a list, found through the month that it begins in."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from .counts import end_of


class MonthPaginator(Paginator):
    """`object_list`: a function (slice, until=day) → the rows from the newest before
    that day; `months`: [(first day, number of its articles)], the newest first. No
    page costs more than walking through a month, and nothing is counted."""

    def __init__(self, object_list, per_page, *, months, **kwargs):
        super().__init__(object_list, per_page, **kwargs)
        self.months = months

    @cached_property
    def count(self):
        return sum(number for _, number in self.months)

    def page(self, number):
        number = self.validate_number(number)
        skip, rows = (number - 1) * self.per_page, []
        for month, held in self.months:
            if skip < held:
                window = slice(skip, skip + self.per_page)
                rows = self.object_list(window, until=end_of(month))
                break
            skip -= held
        return self._get_page(rows, number, self)
