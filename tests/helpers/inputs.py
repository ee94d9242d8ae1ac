"""Small inputs that once came out wrong, kept outside this repository where there are
any: tests that read them have one of their own beside them."""

from pathlib import Path

import pytest

_FOUND = [p / "shared/inputs" for p in Path(__file__).parents]
INPUTS = next((path for path in _FOUND if path.is_dir()), Path("shared/inputs"))
need_inputs = pytest.mark.skipif(
    not INPUTS.is_dir(), reason="the inputs are kept outside this repository"
)
