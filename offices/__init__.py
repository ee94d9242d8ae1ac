"""The firm's record: each fact about it is kept once and printed from there."""
