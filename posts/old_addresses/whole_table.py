"""The redirects in memory, for looking up thousands of addresses at once."""

from posts.models import OldAddress

from .following import best_row
from .spelling import keys_of


class WholeTable:
    """The rows that there are, and those to come, looked up as requests are."""

    def __init__(self) -> None:
        self.by_address: dict[str, OldAddress] = {}
        self.by_key: dict[str, list[OldAddress]] = {}
        # The addresses that the file has named so far.
        self.in_file: set[str] = set()
        for row in OldAddress.objects.select_related("post"):
            self.put(row)

    def put(self, row: OldAddress) -> None:
        if row.address not in self.by_address:
            self.by_address[row.address] = row
            self.by_key.setdefault(row.key, []).append(row)

    def take_out(self, row: OldAddress) -> None:
        del self.by_address[row.address]
        self.by_key[row.key].remove(row)

    def find(self, path: str, query: str) -> OldAddress | None:
        keys = keys_of(path, query)
        rows = [row for key in keys for row in self.by_key.get(key, [])]
        return best_row(rows, keys, f"{path}?{query}" if query else path)
