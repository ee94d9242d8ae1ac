"""Redis or Valkey, where REDIS_URL names one. The site works without it."""

from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings

# Seconds after which a server that does not answer counts as away.
REDIS_SECONDS = 1
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def library() -> Any:
    """The package redis, which is installed only where a REDIS_URL needs it."""
    return import_module("redis")


def options() -> dict[str, Any]:
    """What the client is opened with."""
    redis = library()
    # The client's own retries would take seconds, while somebody waits.
    return {
        "socket_timeout": REDIS_SECONDS,
        "socket_connect_timeout": REDIS_SECONDS,
        "retry": redis.retry.Retry(redis.backoff.NoBackoff(), 0),
    }


def caches(url: str) -> dict[str, dict[str, Any]]:
    """Django's CACHES. "local" is this process's memory, and so is "default" without
    Redis."""
    if not url:
        return {"default": LOCAL, "local": {**LOCAL, "LOCATION": "local"}}
    redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": options(),
        "KEY_PREFIX": "lawblog",
    }
    return {"default": redis, "local": LOCAL}


@cache
def client(url: str) -> Any:
    """The process's redis.Redis for the address."""
    return library().Redis.from_url(url, health_check_interval=10, **options())


def errors() -> tuple[type[Exception], ...]:
    """What a Redis that is away raises; empty where none is configured."""
    if not settings.REDIS_URL:
        return ()
    return (library().RedisError, OSError)
