"""Where courts' decisions are printed, as far as immigration cases cite it."""

# (name in a key, label, how it is written: a pattern of a text in plain signs)
REPORTERS = [
    ("us", "US", r"U\. ?S\.|US(?= \d{1,4}\b)"),
    ("sct", "S Ct", r"S\. ?Ct\.|S Ct"),
    ("led2d", "L Ed 2d", r"L\. ?Ed\. ?2d"),
    ("f2d", "F.2d", r"F\.? ?2d"),
    ("f3d", "F.3d", r"F\.? ?3d"),
    ("f4th", "F.4th", r"F\.? ?4th"),
    ("fappx", "F App'x", r"F(?:ed)?\. ?App'?x\.?"),
    ("fsupp2d", "F Supp 2d", r"F\.? ?Supp\.? ?2d"),
    ("fsupp3d", "F Supp 3d", r"F\.? ?Supp\.? ?3d"),
    ("fsupp", "F Supp", r"F\.? ?Supp\.?"),
    ("ny2d", "N.Y.2d", r"N\. ?Y\. ?2d|NY ?2d"),
    ("ny3d", "N.Y.3d", r"N\. ?Y\. ?3d|NY ?3d"),
    ("ad2d", "A.D.2d", r"A\. ?D\. ?2d|AD ?2d"),
    ("ad3d", "A.D.3d", r"A\. ?D\. ?3d|AD ?3d"),
    ("misc2d", "Misc 2d", r"Misc\.? ?2d"),
    ("misc3d", "Misc 3d", r"Misc\.? ?3d"),
    ("nys2d", "N.Y.S.2d", r"N\. ?Y\. ?S\. ?2d"),
    ("nys3d", "N.Y.S.3d", r"N\. ?Y\. ?S\. ?3d"),
    ("ne2d", "N.E.2d", r"N\. ?E\. ?2d"),
    ("ne3d", "N.E.3d", r"N\. ?E\. ?3d"),
    ("njsuper", "N.J. Super", r"N\. ?J\. ?Super\.?"),
    ("nj", "N.J.", r"N\. ?J\."),
    ("a2d", "A.2d", r"A\. ?2d"),
    ("a3d", "A.3d", r"A\. ?3d"),
]
LABELS = {name: label for name, label, _ in REPORTERS}
