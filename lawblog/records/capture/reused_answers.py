"""Reuses what depends on a single page (its drawings) as long as that page is
unchanged, so that a capture after a change costs only what changed."""

from . import store
from .hooks import page_finders
from .manifest import Manifest, Seen
from .site_client import Answer, ask


class ReusedAnswers:
    """Asks for addresses during one capture. last: the capture before; None: all are
    asked for. What is carried keeps the moment at which it was asked for last."""

    def __init__(self, last: Manifest | None) -> None:
        self.before = last.seen if last else {}
        self.site = last.about["site"] if last else ""
        self.same: set[str] = set()
        # The lines of the capture before that hold still, by address.
        self.lines: dict[str, Seen] = {}

    def ask(self, address: str) -> Answer:
        seen = self.before.get(self.site + address)
        if seen and self._holds(address) and (answer := _kept(seen)):
            self.lines[address] = seen
            return answer
        answer = ask(address)
        if seen and _is_same(seen, answer):
            self.same.add(address)
        return answer

    def _holds(self, address: str) -> bool:
        pages = (page_of(address) for page_of in page_finders)
        return any(page in self.same for page in pages if page)


def _kept(seen: Seen) -> Answer | None:
    """None where the payload is spoilt: then it is asked for and written again."""
    try:
        body = store.payload(seen["sha256"])
    except ValueError:
        return None
    return Answer(seen["status"], seen["headers"], body)


def _is_same(seen: Seen, answer: Answer) -> bool:
    facts = seen["status"], seen["sha256"]
    return facts == (answer.status, store.digest_of(answer.body))
