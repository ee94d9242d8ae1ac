"""A strict reader of the variables that say where pictures and backups are kept."""

import importlib.util
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from lawblog.env import env_str

S3_NAMES = ("ENDPOINT", "REGION", "KEY_ID", "SECRET")


def env_storage(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Django's STORAGES entry for a kind of files: a folder of this machine (by default
    MEDIA_ROOT), or the S3-compatible bucket that NAME_BUCKET names."""
    bucket = env_str(f"{name}_BUCKET")
    values = {part: env_str(f"{name}_{part}") for part in S3_NAMES}
    if not bucket:
        if given := [part for part in S3_NAMES if values[part]]:
            raise ImproperlyConfigured(
                f"{name}_{given[0]} is set but {name}_BUCKET is not. Name the "
                "bucket, or leave both empty to keep files on this machine."
            )
        place = {"OPTIONS": {"location": folder}} if folder else {}
        return {"BACKEND": "lawblog.atomic_files.AtomicFileSystemStorage", **place}
    options = _bucket(name, bucket, values)
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def _bucket(name: str, bucket: str, values: dict[str, str]) -> dict[str, Any]:
    if bool(values["KEY_ID"]) != bool(values["SECRET"]):
        raise ImproperlyConfigured(
            f"Give both {name}_KEY_ID and {name}_SECRET, or neither where the "
            "machine itself has the right."
        )
    if not importlib.util.find_spec("storages"):
        raise ImproperlyConfigured(
            f"{name}_BUCKET needs more libraries: pip install -r requirements-s3.txt"
        )
    return {
        "bucket_name": bucket,
        "endpoint_url": values["ENDPOINT"] or None,
        "region_name": values["REGION"] or None,
        "access_key": values["KEY_ID"] or None,
        "secret_key": values["SECRET"] or None,
        "file_overwrite": False,
        # Readers get pictures from us, never from the bucket's host.
        "querystring_auth": False,
    }
