"""What is checked before words are published.

checks.py       the findings in an article's words (pure), with passages.py,
                wording.py (the one list of watched words) and readability.py
links.py        links to our own pages
dead_links.py   links to other hosts, on request
"""

from .words import MUST, SHOULD, Finding, review

__all__ = ["MUST", "SHOULD", "Finding", "review"]
