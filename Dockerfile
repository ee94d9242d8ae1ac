# Two images for compose.yaml: "site", and "web", which is Caddy before it. Both run
# without root, and neither writes into itself.
# PYTHON= and DEBIAN= name other bases, of a registry of yours for one.
ARG PYTHON=python:3.13-slim-bookworm
ARG DEBIAN=debian:bookworm-slim

FROM ${PYTHON} AS site
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin lawblog \
    && install -d -m 0700 -o lawblog -g lawblog /data \
    && install -d -m 0750 -o lawblog -g lawblog /run/lawblog
WORKDIR /site
COPY requirements.lock ./
RUN python3 -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --no-deps --only-binary :all: -r requirements.lock
COPY . .
RUN .venv/bin/python -m compileall -q lawblog offices posts
ENV PATH=/site/.venv/bin:$PATH VAR_DIR=/data BEHIND_PROXY=True PYTHONDONTWRITEBYTECODE=1
USER 10001
VOLUME /data /run/lawblog
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=12s --start-period=30s \
    CMD ["deploy/ask", "/run/lawblog/site.sock", "/healthz"]
CMD ["deploy/serve", "/run/lawblog/site.sock"]

FROM ${DEBIAN} AS web
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
# Debian keeps it safe; "docker compose build --pull --no-cache web" brings what it has.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends caddy ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 lawblog \
    && useradd --system --uid 10002 --gid lawblog --no-create-home --shell /usr/sbin/nologin web \
    && install -d -m 0700 -o web -g lawblog /certificates
COPY deploy /recipes/deploy
ARG HOST=www.example.com
ARG OTHER=
RUN . /recipes/deploy/common.sh \
    && named Caddyfile "$HOST" "$OTHER" >/etc/caddy/Caddyfile \
    && caddy validate --adapter caddyfile --config /etc/caddy/Caddyfile
ENV XDG_DATA_HOME=/certificates XDG_CONFIG_HOME=/tmp
USER 10002
VOLUME /certificates
CMD ["caddy", "run", "--adapter", "caddyfile", "--config", "/etc/caddy/Caddyfile"]
