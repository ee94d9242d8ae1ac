"""Errors of the bucket's library, as sentences that say what to look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from .archive import ArchiveError

# By the code of S3's answer; what else it is, its own words say.
WRONG_KEY = "does not take the key. Look at BACKUP_S3_KEY_ID and BACKUP_S3_SECRET"
EXPLANATIONS = {
    "NoSuchBucket": "does not exist. Look at BACKUP_S3_BUCKET",
    "AccessDenied": "does not let this key write and read",
    "InvalidAccessKeyId": WRONG_KEY,
    "SignatureDoesNotMatch": WRONG_KEY,
}


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Within, a failure of the bucket is an ArchiveError. Does nothing for a folder."""
    try:
        yield
    except ArchiveError:
        raise
    except Exception as error:
        if not settings.BACKUP_IN_S3:
            raise
        name = settings.STORAGES["backups"]["OPTIONS"]["bucket_name"]
        raise ArchiveError(f"The bucket “{name}” {_why(error)}.") from error


def _why(error: Exception) -> str:
    # botocore's own kind, which is there only where a bucket is used.
    response: Any = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code", "") if response else ""
    return EXPLANATIONS.get(code) or f"failed: {str(error).rstrip('.')}"
