"""Files and folders that this user may not use: whose they are, and what to do."""

import os
import pwd
from pathlib import Path


def not_ours(path: Path) -> str | None:
    """A sentence if this user may not write to a file, or into a folder, that is there;
    whether its disk can be written is not asked."""
    may = os.W_OK | os.X_OK if os.path.isdir(path) else os.W_OK
    if os.access(path, may) or os.statvfs(path).f_flag & os.ST_RDONLY:
        return None
    return f"{path} cannot be written by {user_name()}. {remedy(path)}"


def remedy(path: Path) -> str:
    """What to do about a file or folder that this user may not use. One that cannot
    even be looked at has its folder's owner named: nobody's home is to be taken."""
    there = next(place for place in (path, *path.parents) if os.access(place, os.F_OK))
    owner, user = _name(there.stat().st_uid), user_name()
    if there != path:
        return f"{there} belongs to {owner}: put the file where {user} may read it."
    if owner == user:
        return f"It is closed to its owner too: chmod -R u+rwX {path}"
    # Who is root is denied nothing: it was left behind by a command of root's.
    as_owner = f"give the command as that user (sudo -u {owner} …), or take it over: "
    first = "" if owner == "root" else as_owner
    return f"It belongs to {owner}: {first}sudo chown -R {user} {path}"


def reason(error: OSError | UnicodeDecodeError, path: Path) -> str:
    """What the system said of a file or folder, and what to do where it is denied."""
    words = f"{getattr(error, 'strerror', None) or error}."
    return f"{words} {remedy(path)}" if isinstance(error, PermissionError) else words


def user_name() -> str:
    return _name(os.geteuid())


def _name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # as in a container
        return str(number)
