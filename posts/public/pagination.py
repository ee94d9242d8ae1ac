"""Page N of a list, found through the month that it begins in."""

from datetime import date
from typing import Any, Protocol

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from posts.models import Edition

from .live_counts import Months, end_of


class Rows(Protocol):
    """A function that makes a slice of a list, of what is from before a day."""

    def __call__(self, window: slice, /, *, until: date) -> list[Edition]: ...


class MonthPaginator(Paginator):
    """No page costs more than walking through a month, and nothing is counted: `months`
    says how many articles each has."""

    def __init__(
        self, rows: Rows, per_page: int, *, months: Months, **kwargs: Any
    ) -> None:
        super().__init__([], per_page, **kwargs)
        self.rows, self.months = rows, months

    @cached_property
    def count(self) -> int:
        return sum(number for _, number in self.months)

    def page(self, number: int | str) -> Page[Edition]:
        number = self.validate_number(number)
        skip = (number - 1) * self.per_page
        rows: list[Edition] = []
        for month, held in self.months:
            if skip < held:
                window = slice(skip, skip + self.per_page)
                rows = self.rows(window, until=end_of(month))
                break
            skip -= held
        return Page(rows, number, self)
