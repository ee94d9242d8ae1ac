"""Decisions that articles name without their reporter, and the page where each stands.

Only names that one precedent decision bears. Matter of A-B- and Matter of Silva-Trevino
are not here: several decisions are called so.
"""

_TABLE = """
    acosta 19 211, adeniji 22 1102, andazola-rivas 23 319, arrabally 25 771,
    avetisyan 25 688, castro-tum 27 271, cervantes-gonzalez 22 560, chawathe 25 369,
    cruz-valdez 28 326, dhanasar 26 884, guerra 24 37, hranka 16 491, kasinga 21 357,
    lozada 19 637, m-e-v-g- 26 227, marin 16 581, mogharrabi 19 439,
    monreal-aguinaga 23 56, pickering 23 621, quilantan 25 285, recinas 23 467,
    sanchez-sosa 25 807, simeio-solutions 26 542, toboso-alfonso 20 819, w-g-r- 26 208,
    yajure-hurtado 29 216, c-v-t- 22 7
"""
SAME = {
    f"matter.{name}": f"ia.{volume}.{page}"
    for name, volume, page in (row.split() for row in _TABLE.split(","))
}
