"""make lighthouse: Google's Lighthouse reads each type of page as a phone would.

Fails unless all four scores are 100 and a page is two requests, itself and its
stylesheet, of 14,000 bytes at most: what a server sends before it waits for an answer.
Needs Node.js 18.16 or newer and Chromium (Debian: nodejs, npm, chromium-headless-shell
or chromium). The slow phone and its network are simulated; still, a busy machine makes
a page look slower, and never quicker. So a page that falls short is read up to twice
more, and its best reading counts.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from bench import Site, free_port, wait_for

FOLDER = Path(__file__).parent / "lighthouse"
# The shell has no windows of its own to draw while it is measured.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
OPTIONS = ["--output=json", "--quiet", "--no-enable-error-reporting"]
CHROME = "--chrome-flags=--headless --no-sandbox"
PAGES = """
    / /es/ /posts/ /posts/topics/citizenship/ /posts/sample-notice-to-appear/
    /search/?q=asylum /offices/ /offices/fort-lee/ /privacy/
""".split()
SCORES = ["performance", "accessibility", "best-practices", "seo"]
FULL = [100] * len(SCORES)
MOST = 14_000  # bytes
# The page and its stylesheet; and where an office is, the code to scan its card from.
REQUESTS = {"/offices/fort-lee/": 3}
# Results of a search are not for search engines, and the page says so on purpose.
SKIPPED = {"/search/": ["--skip-audits=is-crawlable"]}


def report(url):
    """What Lighthouse writes of one page, in a browser without any past."""
    skipped = SKIPPED.get(urlsplit(url).path, [])
    command = [FOLDER / "node_modules/.bin/lighthouse", url, *OPTIONS, CHROME, *skipped]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def scores(report):
    """0 to 100, in the order of SCORES."""
    return [round(report["categories"][name]["score"] * 100) for name in SCORES]


def weight(report):
    """(requests, bytes of their compressed answers with the headers), the icon apart:
    a browser asks for it once, whatever it opens."""
    items = report["audits"]["network-requests"]["details"]["items"]
    sizes = [i["transferSize"] for i in items if "/icon." not in i["url"]]
    return len(sizes), sum(sizes)


def shortcomings(report):
    """The names of the audits that cost one of the scores something."""
    refs = [ref for name in SCORES for ref in report["categories"][name]["auditRefs"]]
    marks = {r["id"]: report["audits"][r["id"]]["score"] for r in refs if r["weight"]}
    return {name for name, mark in marks.items() if mark is not None and mark < 1}


def best(url):
    """The best of up to three reports."""
    reports = []
    while len(reports) < 3 and (not reports or scores(reports[-1]) != FULL):
        reports.append(report(url))
    return max(reports, key=scores)


def table(url):
    """Print a line for each page → whether all scores are full and all pages small."""
    names = [f"{name.replace('-', ' '):>15}" for name in SCORES]
    print(f"{'':31}{''.join(names)}  requests   bytes")
    fine = True
    for path in PAGES:
        # Most readers meet a page that is kept already.
        wait_for(url + path)
        found = best(url + path)
        cells = [f"{score:15}" for score in scores(found)]
        requests, size = weight(found)
        fine &= requests <= REQUESTS.get(path, 2) and size <= MOST
        print(f"{path:31}{''.join(cells)}{requests:10}{size:8,}", flush=True)
        if scores(found) != FULL:
            fine = False
            print("    " + ", ".join(sorted(shortcomings(found))))
    return fine


def main():
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser or not shutil.which("node"):
        raise SystemExit("Install Node.js and Chromium (Debian: nodejs, chromium).")
    # Samples go to a folder that is thrown away, whatever database is set.
    os.environ |= {"CHROME_PATH": browser, "DATABASE_URL": ""}
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder, free_port(), 32)
        try:
            fine = table(site.url)
        finally:
            site.process.terminate()
            site.process.wait(20)
    sys.exit(not fine)


if __name__ == "__main__":
    main()
