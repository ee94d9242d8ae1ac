"""Redis or Valkey, where REDIS_URL names one. Nothing depends on its being there."""

from functools import cache

# Seconds until one that does not answer counts as away.
PATIENCE = 1
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def options():
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    # The client's own retries would take seconds, in which somebody waits.
    return {
        "socket_timeout": PATIENCE,
        "socket_connect_timeout": PATIENCE,
        "retry": Retry(NoBackoff(), 0),
    }


def caches(url):
    """Django's CACHES: "local" is this process's memory, as "default" is without
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
def client(url):
    import redis

    return redis.Redis.from_url(url, health_check_interval=10, **options())


def errors():
    """What a Redis that is away raises; an empty tuple where none is configured."""
    from django.conf import settings

    if not settings.REDIS_URL:
        return ()
    from redis import RedisError

    return (RedisError, OSError)
