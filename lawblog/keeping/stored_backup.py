"""A stored backup, as lists show it."""

from dataclasses import dataclass
from datetime import datetime

PLAIN, ENCRYPTED = ".zip", ".zip.age"


@dataclass(frozen=True)
class StoredBackup:
    """size: in bytes."""

    name: str
    made_at: datetime
    size: int

    @property
    def is_encrypted(self) -> bool:
        return self.name.endswith(ENCRYPTED)
