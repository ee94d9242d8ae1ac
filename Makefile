# The two commands: make run, make test. PYTHON=, PORT= and DATABASE_URL= change them.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
VAR = $(or $(VAR_DIR),var)

# A key and an address for this machine only; production sets its own (.env.example).
export SITE_URL ?= http://127.0.0.1:$(PORT)
ifeq ($(SECRET_KEY)$(SECRET_KEY_FILE),)
export SECRET_KEY_FILE = $(VAR)/secret-key
endif

# Two threads a worker: while one waits for the database the other renders; of four,
# each page took a third more of the machine.
.PHONY: run test check bench bench-scale lighthouse tools
run: .venv/installed $(VAR)/secret-key $(VAR)/static.stamp
	@$(BIN)/python manage.py migrate --verbosity 0
	@echo "Site: $(SITE_URL)/   Admin: $(SITE_URL)/admin/"
	@$(BIN)/python manage.py setup --with-samples
	@exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) \
		--workers 2 --blocking-threads 2 --http 1 --no-ws --log-level warning \
		lawblog.wsgi:application

test: .venv/tools
	@$(BIN)/pytest
	@tests/with-postgres $(BIN)/pytest

# Needs nginx and wrk; takes a minute or two.
bench: .venv/installed $(VAR)/secret-key
	@$(BIN)/python tests/bench/bench.py

# Needs Node.js and Chromium; takes two or three minutes.
lighthouse: .venv/installed $(VAR)/secret-key tests/bench/lighthouse/node_modules/.package-lock.json
	@$(BIN)/python tests/bench/lighthouse.py

# COUNT=100000 is quicker; SQLITE=1 uses SQLite.
bench-scale: .venv/installed
	@$(if $(SQLITE),,tests/with-postgres) $(BIN)/python tests/bench/bench_scale.py

# What some tests read pages with; needs Node.js, and fetches no browser.
tools: tests/node_modules/.package-lock.json
%/node_modules/.package-lock.json: %/package-lock.json
	@cd $* && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --silent

check: .venv/tools $(VAR)/secret-key
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'templates/admin/*.html')
	@$(BIN)/python manage.py makemigrations --check --dry-run

.venv/installed: requirements.txt
	@test -d .venv || $(PYTHON) -m venv .venv
	@echo "Installing what requirements.txt names…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tools: .venv/installed tests/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

$(VAR)/static.stamp: .venv/installed $(VAR)/secret-key $(wildcard lawblog/static/lawblog/*)
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@

$(VAR)/secret-key:
	@mkdir -p $(VAR)
	@umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))" > $@
