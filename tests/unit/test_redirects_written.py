"""What leads elsewhere is written so that other servers lead there, too."""

import csv
import shutil
import subprocess

import pytest

from lawblog.keeping import redirects
from posts.models import OldAddress
from posts.old_addresses.spelling import MAX_ADDRESS_LENGTH

LEADING = [
    ("/?p=12", "/posts/a/", 301),
    ("/post/qué-es", "/es/posts/a/", 301),
    ('/a "b" \\c', "/about/", 301),
    ("/old", "/about/", 301),
    ("/gone", "", 410),
]


def test_for_nginx_a_query_has_a_map_of_its_own_and_what_is_gone_too():
    text = redirects.nginx(LEADING)
    asked, moved, gone = text.split("map ")[1:]
    assert asked.startswith('"$uri?$args" $asked {') and '"/?p=12" /posts/a/;' in asked
    assert moved.startswith('"$uri" $moved_to {') and "    /old /about/;\n" in moved
    assert '"/post/qué-es" /es/posts/a/;' in moved
    assert '"/a \\"b\\" \\\\c" /about/;' in moved
    assert "    /gone 1;\n" in gone and "return 410" in gone


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_reads_the_map_also_of_long_and_odd_addresses(tmp_path):
    odd = "/" + "ñ" * (MAX_ADDRESS_LENGTH - 1), '/;{}#\\"$x', "/~^regex", "/default"
    leading = [*LEADING, *((path, "/about/", 301) for path in odd)]
    config = tmp_path / "nginx.conf"
    maps = redirects.nginx(leading)
    config.write_text(f"pid {tmp_path}/pid; events {{}} http {{\n{maps}}}\n")
    command = ["nginx", "-t", "-e", tmp_path / "log", "-c", config]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_for_other_hosts_what_they_cannot_say_is_left_to_the_table():
    lines = redirects.netlify(LEADING).splitlines()
    assert lines[0] == "/post/qu%C3%A9-es /es/posts/a/ 301"
    assert "/old /about/ 301" in lines and not any(" 410" in line for line in lines)
    assert lines[-1].startswith("# What has a query, and what is gone, stands in")


@pytest.mark.slow
def test_the_table_of_old_addresses_leaves_with_the_site(
    set_up, publish, make_post, tmp_path
):
    post = publish().post
    OldAddress.objects.create(address="/?p=12", post=post)
    OldAddress.objects.create(address="/post/qué es", post=post)
    OldAddress.objects.create(address="/gone", gone=True)
    OldAddress.objects.create(address="/draft", post=make_post("Draft"))
    redirects.write(tmp_path)
    with (tmp_path / "redirects/redirects.csv").open(encoding="utf-8") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert rows == [
        ("/?p=12", "/posts/a-title/", "301"),
        ("/gone", "", "410"),
        ("/post/qué es", "/posts/a-title/", "301"),
    ]
