"""Where courts' decisions are printed, as far as immigration cases cite it."""

# (name in a key, label, how it is written: a pattern of a text in plain signs)
REPORTERS = [
    ("us", "US", r"U\. ?S\.|US(?= \d{1,4}\b)"),
    ("sct", "S Ct", r"S\. ?C[tT]\.|S C[tT]"),
    ("led2d", "L Ed 2d", r"L\. ?E[dD]\. ?2[dD]"),
    ("f2d", "F.2d", r"F\.? ?2[dD]"),
    ("f3d", "F.3d", r"F\.? ?3[dD]"),
    ("f4th", "F.4th", r"F\.? ?4(?i:th)"),
    ("fappx", "F App'x", r"F(?:ed)?\.? ?App'?x\.?"),
    ("fsupp2d", "F Supp 2d", r"F\.? ?(?:Supp|SUPP)\.? ?2[dD]"),
    ("fsupp3d", "F Supp 3d", r"F\.? ?(?:Supp|SUPP)\.? ?3[dD]"),
    ("fsupp", "F Supp", r"F\.? ?(?:Supp|SUPP)\.?"),
    ("ny2d", "N.Y.2d", r"N\. ?Y\. ?2[dD]|NY ?2[dD]"),
    ("ny3d", "N.Y.3d", r"N\. ?Y\. ?3[dD]|NY ?3[dD]"),
    ("ad2d", "A.D.2d", r"A\. ?D\. ?2[dD]|AD ?2[dD]"),
    ("ad3d", "A.D.3d", r"A\. ?D\. ?3[dD]|AD ?3[dD]"),
    ("misc2d", "Misc 2d", r"Misc\.? ?2[dD]"),
    ("misc3d", "Misc 3d", r"Misc\.? ?3[dD]"),
    ("nys2d", "N.Y.S.2d", r"N\. ?Y\. ?S\. ?2[dD]"),
    ("nys3d", "N.Y.S.3d", r"N\. ?Y\. ?S\. ?3[dD]"),
    ("ne2d", "N.E.2d", r"N\. ?E\. ?2[dD]"),
    ("ne3d", "N.E.3d", r"N\. ?E\. ?3[dD]"),
    ("njsuper", "N.J. Super", r"N\. ?J\. ?(?:Super|SUPER)\.?"),
    ("nj", "N.J.", r"N\. ?J\."),
    ("a2d", "A.2d", r"A\. ?2[dD]"),
    ("a3d", "A.3d", r"A\. ?3[dD]"),
]
LABELS = {name: label for name, label, _ in REPORTERS}
