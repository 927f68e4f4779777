"""Writes docs/rules.md: every rule with its examples, from `rules/relations/` and `rules/arithmetic/`.

python docs/make_rules.py            write the page
python docs/make_rules.py --check    exit 1 if the page is not current
"""

from __future__ import annotations

import sys
from pathlib import Path

from consistency.judgement.catalogue import every_rule
from consistency.judgement.vocabulary import FACTS
from consistency.reporting import rulepages

PAGE = Path(__file__).parent / "rules.md"
INTRO = """# The rules

Made from `rules/relations/` and `rules/arithmetic/` by `python docs/make_rules.py`; a test compares the two. Do not
edit it by hand.

How two claims relate is looked up in a table. Its rows are tried from top to bottom and the first that matches answers.
A row looks at facts alone (below), never at text. `consistency rules lint` proves that every possible combination of
facts is answered, that no row is dead and that each has an example that makes it speak and one that does not.
Your own rows (`--rules DIR`, in `DIR/relations/*.yaml`) stand in front of these. What the outcomes mean is told in
[verdicts.md](verdicts.md).

The last two files hold the rules of arithmetic: claims that are worked out from printed ones (they join a topic like
any other, and carry at most a possible contradiction), and checks of one text by counting. An entry of the same id in
`DIR/arithmetic/*.yaml` stands in for a built-in one; `off: true` silences it.

## The facts of a pair
"""


def page() -> str:
    """The whole page."""
    facts = [f"- `{name}`: {', '.join(f'`{value}`' for value in values)}" for name, values in FACTS.items()]
    return INTRO + "\n" + "\n".join(facts) + "\n\n" + rulepages.markdown(every_rule())


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
