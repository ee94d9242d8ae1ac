# What install and upgrade share; read by them with ".".
# shellcheck shell=bash disable=SC2034  # used where this is read
APP=/opt/lawblog ETC=/etc/lawblog STATE=/var/lib/lawblog SOCKET=/run/lawblog/site.sock
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DRY=""

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# Does it, or says what would be done.
run() { if [ -n "$DRY" ]; then say "would run: $*"; else "$@"; fi; }

# Before anything is touched: what was begun could not even be taken back.
room() { # FOLDER MB
    local place=$1 free
    until [ -d "$place" ]; do place=$(dirname "$place"); done
    free=$(df --output=avail --block-size=1M "$place" | tail -n 1)
    [ "$free" -ge "$2" ] || die "the disk with $1 has ${free// /} MB left, and $2 are needed: make room first. Nothing was changed"
}

# The text on standard input becomes FILE, unless it holds that already.
put() { # FILE MODE [OWNER]
    local text; text=$(cat)
    if [ -f "$1" ] && [ "$text" = "$(cat "$1")" ]; then return; fi
    if [ -n "$DRY" ]; then say "would write: $1"; return; fi
    # Whole or not at all: on a full disk an empty key would be there, and stay.
    install -D -m "$2" -o "${3:-root}" -g root /dev/stdin "$1.part" <<<"$text" && mv -T "$1.part" "$1" ||
        { rm -f "$1.part"; die "$1 could not be written: make room on its disk, then the same command again"; }
}

# manage.py of a release, as the site's own user.
manage() { # RELEASE WORDS…
    local release=$1; shift
    (cd "$release" && runuser -u lawblog -- .venv/bin/python manage.py "$@")
}

source_files() {
    tar -C "$SOURCE" --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
        --exclude-vcs --exclude=./var --exclude=./.venv --exclude=./.env --exclude=./tests \
        --exclude='*/__pycache__' --exclude='*/node_modules' --exclude='./.*_cache' .
}

# Names the folder in which this source is installed: the same source, the same folder.
release_of_source() { echo "$APP/releases/$(source_files | sha256sum | cut -c 1-12)"; }

# By hash, from the lists of a release; WHEELS= is a folder to take them from.
libraries() { # RELEASE LIST…
    local release=$1 from=() lists=() list; shift
    if [ -n "${WHEELS:-}" ]; then from=(--no-index --find-links "$WHEELS"); fi
    for list in "$@"; do lists+=(-r "$release/$list"); done
    run "$release/.venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
        --no-deps --only-binary :all: "${from[@]}" "${lists[@]}" ||
        die "the libraries could not be installed; is there a way to pypi.org? Where there is none, --wheels FOLDER"
}

# Whether a release has the libraries for redis or s3.
has_extra() { # RELEASE EXTRA
    [ -d "$(echo "$1"/.venv/lib/python3*/site-packages/"${2/s3/storages}")" ]
}

# Also in a release that was installed without them.
extras() { # RELEASE
    local extra
    for extra in ${EXTRAS:-}; do
        has_extra "$1" "$extra" || libraries "$1" "requirements-$extra.lock"
    done
}

# Code and libraries, whole or not at all; never one that is served.
build_release() ( # RELEASE
    if [ -e "$1/.complete" ] || [ "$(readlink -f "$APP/current")" = "$1" ]; then return; fi
    say "Installing $1 …"
    if [ -n "$DRY" ]; then say "would install the lock's libraries there"; return; fi
    rm -rf "$1" && mkdir -p "$1"
    # Of this subshell alone. ($1 is another one in whichever function ends it.)
    # shellcheck disable=SC2064
    trap "rm -rf ${1@Q}" EXIT
    source_files | tar -C "$1" --extract --no-same-owner
    python3 -m venv "$1/.venv"
    libraries "$1" requirements.lock
    "$1/.venv/bin/python" -m compileall -q "$1/lawblog" "$1/offices" "$1/posts"
    ln -s "$ETC/env" "$1/.env"
    touch "$1/.complete"
    trap - EXIT
)

# From now on this release is the one that is served; at once for whoever looks.
switch_to() { # RELEASE
    ln -sfn "$1" "$APP/next" && mv -T "$APP/next" "$APP/current"
}

# The site's address, in quotation marks or with a slash at its end as may be.
site_url() {
    sed -nE "s/^(export )?SITE_URL= *[\"']?([^\"' ]*[^\"' /[:cntrl:]]).*/\2/p" "$ETC/env"
}

# Whether the site answers at its socket, for SECONDS at most.
answers() { # PATH SECONDS
    local end=$((SECONDS + $2)) url; url=$(site_url)
    until SITE_URL=$url "$SOURCE/deploy/ask" "$SOCKET" "$1" >/dev/null; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.2
    done
}

# A recipe for this site; without a second name, without what leads from that.
named() { # RECIPE HOST OTHER
    local text=cat
    [ -n "$3" ] || text=only_one_name
    sed 's/www\.example\.com/HOST/g' "$SOURCE/deploy/$1" | $text |
        sed "s/example\.com/$3/g; s/HOST/$2/g"
}
only_one_name() {
    sed '/^# The other name/,/^}/d; s/ example\.com;/;/' | awk -v RS= -v ORS='\n\n' '!/server_name;/'
}

# systemd's units as the release has them, and a short name for manage.py.
units() { # RELEASE
    local unit
    for unit in lawblog.service lawblog-housekeeping.service lawblog-housekeeping.timer; do
        put "/etc/systemd/system/$unit" 644 <"$1/deploy/systemd/$unit"
    done
    put /usr/local/bin/lawblog 755 <<EOF
#!/bin/sh
# manage.py of the installed site, as its own user: sudo lawblog check --deploy
[ "\$(id -u)" = 0 ] || { echo "lawblog: run it as root: sudo lawblog …" >&2; exit 1; }
cd $APP/current && exec runuser -u lawblog -- .venv/bin/python manage.py "\$@"
EOF
    run systemctl daemon-reload
}
