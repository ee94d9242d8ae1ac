"""The page on which an article is written: form, checks as one types, notes, saving."""
