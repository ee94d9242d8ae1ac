# The two commands: make run, make test. PYTHON=, PORT= and DATABASE_URL= change them.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
VAR = $(or $(VAR_DIR),$(shell sed -nE "s/^(export )?VAR_DIR=[\"']?([^\"']*).*/\2/p" .env 2>/dev/null | tr -d '\r'),var)
$(if $(word 2,$(VAR)),$(error VAR_DIR is “$(VAR)”: make takes no folder with a space in its name))
$(if $(shell printf '%s' '$(PORT)' | grep -xE '[1-9][0-9]{0,4}' | awk '$$1 <= 65535'),,$(error PORT is “$(PORT)”: use a number from 1 to 65535))
# Also where its Python was removed, or became another version with the system's.
$(shell $(BIN)/python -c 'import django' 2>/dev/null || rm -f .venv/installed 2>/dev/null)
FITS = $(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' || \
	{ echo "Python 3.10 to 3.13 is needed, and $(PYTHON) is none: PYTHON=python3.12 names another." >&2; exit 1; }
GET = $(PIP) --require-hashes -r requirements.lock || \
	{ echo "The libraries could not be installed. Is there a way to pypi.org? The same command goes on from here." >&2; exit 1; }

# An address and a key for this machine only, which lawblog/settings.py reads after the
# environment and .env; production sets its own (.env.example).
local = umask 077 && key=$$(cat $(VAR)/secret-key) && printf 'SITE_URL=%s\nSECRET_KEY=%s\n' \
	http://127.0.0.1:$(PORT) "$$key" > $(VAR)/local.env.part && \
	mv $(VAR)/local.env.part $(VAR)/local.env
SITE = from lawblog.settings import SITE_URL as url; print(f"Site: {url}/   Admin: {url}/admin/")

.PHONY: run ready local test test-fast check bench bench-scale lighthouse tools lock sbom upgrade \
	install-test
# Two at once: the second waits, and is then told that the port is taken.
run:
	@$(FITS)
	@$(PYTHON) deploy/alone $(VAR)/make-run.lock $(MAKE) --no-print-directory ready
	@exec deploy/serve $(PORT)

# In this order: the port may be another one than last time.
ready: .venv/installed local $(VAR)/static.stamp
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python -c '$(SITE)'
	@$(BIN)/python manage.py setup --with-samples

# What Python made of the tests' files is kept, whatever this machine has set: it takes
# each worker five seconds.
test test-fast: export PYTHONDONTWRITEBYTECODE =

test: .venv/tools
	@$(BIN)/pytest
	@tests/with-postgres $(BIN)/pytest

# Every page once and every kind of rule, in half a minute: no browser, no server, no
# PostgreSQL. A test that takes a tenth of a second of one core, or more, is marked slow
# (pytest --durations=0 tells), and of a table of cases that each ask the database the
# first alone is run (tests/helpers/fast.py).
test-fast: .venv/tools
	@DATABASE_URL= $(BIN)/pytest -m "not slow" tests/unit tests/site tests/desk

# Needs nginx and wrk; takes four minutes, and three more where Wagtail is measured too.
bench: .venv/installed
	@$(BIN)/python tests/bench/bench.py

# Needs Node.js and Chromium; takes two or three minutes.
lighthouse: .venv/installed tests/bench/lighthouse/node_modules/.package-lock.json
	@$(BIN)/python tests/bench/lighthouse.py

# COUNT=100000 is quicker; SQLITE=1 uses SQLite.
bench-scale: .venv/installed
	@$(if $(SQLITE),,tests/with-postgres) $(BIN)/python tests/bench/bench_scale.py

# What some tests read pages with; needs Node.js, and fetches no browser.
tools: tests/node_modules/.package-lock.json
%/node_modules/.package-lock.json: %/package-lock.json
	@cd $* && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --silent

check: .venv/tools $(VAR)/local.env
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'templates/admin/*.html')
	@$(BIN)/python manage.py makemigrations --check --dry-run

# The site's part by hash, as on a server; test tools where something is tested.
.venv/installed: requirements.lock
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { $(FITS); $(PYTHON) -m venv .venv; }
	@echo "Installing what requirements.lock names…"
	@$(GET)
	@touch $@

.venv/tools: .venv/installed $(wildcard requirements*.txt)
	@$(PIP) -r requirements.txt
	@touch $@

# After a change of requirements*.txt: exact versions and hashes for servers.
lock: .venv/ci/tools
	@UV=.venv/ci/bin/uv deploy/lock

# Every library inside, with its licence, in CycloneDX's form.
sbom: .venv/ci/tools
	@mkdir -p $(VAR) && rm -rf .venv/sbom && $(PYTHON) -m venv --without-pip .venv/sbom
	@$(BIN)/python -m pip --python .venv/sbom install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv/ci/bin/cyclonedx-py environment .venv/sbom/bin/python --output-reproducible --output-file $(VAR)/sbom.json
	@echo "$(VAR)/sbom.json"

.venv/ci/tools: .ci/requirements.txt | .venv/installed
	@$(PYTHON) -m venv .venv/ci
	@.venv/ci/bin/pip install --quiet --disable-pip-version-check -r .ci/requirements.txt
	@touch $@

# On a server that deploy/install made: from this folder's source (git pull brings it).
upgrade:
	@deploy/upgrade

# Needs root, mmdebstrap, systemd-container and curl; two or three minutes.
install-test:
	@tests/install-test

$(VAR)/static.stamp: .venv/installed $(wildcard lawblog/static/lawblog/*) | $(VAR)/local.env
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@

$(VAR)/local.env local: $(VAR)/secret-key
	@$(local)

$(VAR)/secret-key:
	@mkdir -p $(VAR)
	@umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))" > $@.part && mv $@.part $@
