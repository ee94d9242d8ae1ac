"""What finding citations costs: python tests/bench_citations.py

Milliseconds of the processor for hostile texts of three sizes. The last column is how
much more the largest takes than the smallest, which is a quarter of it: about 4.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from posts.authorities import citations  # noqa: E402 - needs the path above

SIZES = (25_000, 50_000, 100_000)  # characters
PATTERNS = [
    *("8 CFR ", "section 212(a) and ", "INA 212(((((", "(", "8 U.S.C. § 1182(a)(1), "),
    *(
        "INA 212(a) or (b), ",
        "Form I-130, I-485 and ",
        "I-90 I-80 ",
        "Matter of A-B-, ",
    ),
    *("§", "8 U.S.C. §§ 1101-1537, ", "F-1 B-2 ", "EO 14160, 13769 and ", "1 2 3 4 5 "),
    *("Policy Manual Volume 7, ", "a", " ", "-", "26 I&N Dec. 884 ", "visa U y T "),
    *("title 8 ", "212(h) ", "Matter of Abc Def ", "ley pública ", "I", "(a)(b)(c)"),
]


def milliseconds(text: str) -> float:
    began = time.process_time()
    citations(text)
    return (time.process_time() - began) * 1000


def main() -> None:
    for pattern in PATTERNS:
        texts = [(pattern * (size // len(pattern) + 1))[:size] for size in SIZES]
        taken = [milliseconds(text) for text in texts]
        columns = "".join(f"{each:8.0f}" for each in taken)
        print(f"{pattern!r:28}{columns}   ×{taken[-1] / taken[0]:.1f}")


if __name__ == "__main__":
    main()
