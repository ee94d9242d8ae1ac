"""What people are told about an archive."""

from .archive import Manifest


def summary(manifest: Manifest) -> str:
    """ "1,204 rows of 36 tables, 80 files, made at 2026-11-27T03:00:00.000000Z …"."""
    tables = sum(part.rows is not None for part in manifest.parts)
    text = (
        f"{manifest.rows:,} rows of {tables} tables, {len(manifest.files):,} files, "
        f"made at {manifest.made_at} of {manifest.site}."
    )
    if manifest.ledger:
        text += f" The ledger has {manifest.ledger['seq']:,} lines and ends with "
        text += f"{manifest.ledger['head']}."
    return text
