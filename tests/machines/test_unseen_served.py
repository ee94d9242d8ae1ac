"""Nothing of a visit is in any file, database or log, under the servers as shipped."""

import os
import re
import shutil
import subprocess

import pytest
from helpers.served import ROOT, ask, free_port, serving, wait_for
from helpers.unseen import HEADERS, marks_in, visit

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """All that the site's server and nginx before it wrote, up to their end: a folder
    for each."""
    folder = tmp_path_factory.mktemp("written")
    var, proxy = folder / "server", folder / "nginx"
    for made in (var, proxy):
        made.mkdir()
    with (var / "output").open("wb") as output, serving(var, output) as (port, _):
        *_, page = ask(port, "GET", "/search/?q=markedword", **HEADERS)
        assert b"markedword" in page
        visit(port)
        if NGINX:
            visit_through_nginx(proxy, port)
        assert marks_in(var) == []
    return folder


def visit_through_nginx(folder, port):
    front = free_port()
    with (folder / "output").open("wb") as output:
        command = [NGINX, "-p", folder, "-c", recipe(folder, front, port)]
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            wait_for(front)
            visit(front)
        finally:
            process.terminate()
            process.wait(60)


def test_the_server_writes_down_nothing_of_a_visit(written):
    assert marks_in(written / "server") == []


def test_the_marks_are_found_where_there_are_any(tmp_path):
    """Else the tests around could not fail."""
    (tmp_path / "log").write_bytes(b'127.0.0.1 "GET /search/?q=markedword"')
    assert marks_in(tmp_path) == [("log", "markedword")]


@pytest.mark.skipif(
    not (NGINX or os.environ.get("REQUIRE_ALL")),
    reason="no nginx found: install it (Debian: nginx-light)",
)
def test_nginx_writes_down_nothing_of_a_visit(written):
    assert marks_in(written / "nginx") == []


def recipe(folder, front, back):
    """deploy/nginx.conf on a port of its own, without a certificate, in a folder."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    text = re.sub(r"\n\s*ssl_certificate[^;]*;", "", text)
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{front};")
    text = text.replace("unix:/run/lawblog/site.sock;", f"127.0.0.1:{back};")
    text = text.replace("/var/cache/nginx/lawblog", f"{folder}/cache")
    text = text.replace("Host $http_host", f"Host 127.0.0.1:{back}")
    kinds = "client_body proxy fastcgi uwsgi scgi"
    places = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds.split())
    whole = folder / "whole.conf"
    whole.write_text(
        f"daemon off; user root; pid {folder}/pid; error_log {folder}/error.log info;"
        f"events {{}} http {{ access_log {folder}/access.log; {places}\n{text}\n}}"
    )
    return whole
