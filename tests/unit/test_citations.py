"""Which authorities a text names: the whole grammar, on labelled sentences."""

from pathlib import Path

import pytest

from posts.authorities import citations, lists

OWN = Path(__file__).parents[1] / "data" / "citations.tsv"
BESIDE = [folder / "shared" / "law" for folder in Path(__file__).parents]
LABELLED = next(
    filter(Path.exists, (law / "citations-dev.tsv" for law in BESIDE)), None
)


def labels(text: str) -> set[str]:
    return {citation.label for citation in citations(text)}


def rows(lines: list[str], sentence: int, keys: int) -> list[tuple[str, set[str]]]:
    parts = [line.split("\t") for line in lines]
    return [
        (row[sentence], set(filter(None, row[keys].strip().split(" ; "))))
        for row in parts
    ]


def own() -> list[tuple[str, set[str]]]:
    return rows(OWN.read_text(encoding="utf-8").splitlines(), 0, 1)


def test_a_sentence_names_these_authorities_and_no_other() -> None:
    read = [(sentence, labels(sentence), expected) for sentence, expected in own()]
    wrong = [
        f"{sentence}: lacks {expected - got}, has {got - expected} too"
        for sentence, got, expected in read
        if got != expected
    ]
    assert not wrong, "\n".join(wrong)


def test_precision_and_recall_on_the_labelled_set() -> None:
    if not LABELLED:
        pytest.skip("the labelled set is not beside this project")
    lines = LABELLED.read_text(encoding="utf-8").splitlines()[1:]
    found = right = wanted = 0
    for sentence, expected in rows(lines, 4, 5):
        got = labels(sentence)
        found, wanted = found + len(got), wanted + len(expected)
        right += len(got & expected)
    assert right / found >= 0.98 and right / wanted >= 0.95


@pytest.mark.parametrize(
    "text, places",
    [
        ("See INA 287(g).", ["287(g)"]),
        ("See INA 212(a)(2) or (3).", ["212(a)(2)", "(3)"]),
        ("Forms I‑765 and I-485", ["I‑765", "I-485"]),
        ("De\u00adpor\u00adta\u00adtion, I-1\u00ad30.", ["I-1\u00ad30"]),
        ("Read 8 CFR 214.1–214.3.", ["214.1", "214.3", "214.3"]),
        ("Form I-١٣٠ and INA ２０８", ["I-١٣٠", "２０８"]),
        ("INA\u00a0§\n212(h)", ["212(h)"]),
        ("Form\nI-130; 8 C.F.R.\n§ 1003.55", ["I-130", "1003.55"]),
        ("section 245(a)\nof the\nAct", ["245(a)"]),
    ],
)
def test_a_citation_says_where_it_stands(text: str, places: list[str]) -> None:
    found = [text[one.start : one.end] for one in citations(text)]
    assert found == places


def test_citations_come_in_the_order_of_the_text_and_as_often_as_they_stand() -> None:
    text = "Form I-130, then INA 208; again Form I-130 and TPS."
    keys = [one.key for one in citations(text)]
    assert keys == ["form.I-130", "usc.8.1158", "form.I-130", "status.TPS"]


def test_a_case_cited_in_full_is_meant_where_its_name_stands_alone() -> None:
    text = "Matter of Novel, 30 I&N Dec. 12 (BIA 2026). Under Matter of Novel he wins."
    assert {one.key for one in citations(text)} == {"ia.30.12"}
    assert {one.key for one in citations("Under Matter of Novel")} == {"matter.novel"}


@pytest.mark.parametrize(
    "kind, text",
    [
        ("statute", "INA 208"),
        ("statute", "Pub. L. 104-208"),
        ("regulation", "8 CFR 208.1"),
        ("form", "I-589"),
        ("case", "26 I&N Dec. 884"),
        ("policy", "EO 14160"),
        ("category", "TPS"),
    ],
)
def test_each_citation_has_its_kind(kind: str, text: str) -> None:
    assert [one.kind for one in citations(text)] == [kind]


HOSTILE = [
    # A list that is nobody's is read again from its second item.
    *(
        "section 112(a) and ",
        "section 212(a) and ",
        "INA 212(a) or (b), ",
        "8 U.S.C. §§ 1151-1153, ",
    ),
    "8 USC 1182(a) & ",
    *("8 CFR 214.2, ", "8 CFR ", "INA 212(((((", "§", "(", "(a)(b)", "§ 2"),
]


@pytest.mark.slow
@pytest.mark.parametrize("pattern", HOSTILE)
def test_steps_grow_as_the_text_does(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unbounded list is read to its end from each of its beginnings."""
    steps, read = [0], lists._entry

    def counted(*given: object) -> object:
        steps[0] += 1
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(lists, "_entry", counted)
    taken = []
    for times in (250, 500, 1000):
        steps[0] = 0
        citations(pattern * times)
        taken.append(steps[0])
    # Items tried: from one beginning, at most two lists of twelve and two of four.
    assert taken[2] <= 1000 * 50
    assert taken[2] - taken[1] <= 2.1 * (taken[1] - taken[0]) + 4


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\x00", "\ud800", "§" * 10_000, "(" * 10_000, "I-", "8 CFR", "INA"),
        *(
            "INA 999",
            "8 USC",
            "212(",
            "Matter of",
            "99 USC 1",
            "0 CFR 1",
            "8 CFR .",
            "٨",
        ),
        *("INA 21²", "EO 1", "²12(h)", "Matter of İ", "Form I-½", "INA ㉑"),
    ],
)
def test_what_is_no_citation_is_none_and_nothing_raises(text: str) -> None:
    assert citations(text) == []
