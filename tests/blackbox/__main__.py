"""`python -m tests.blackbox --minutes 10 --json`: the installed program against psql's word.

Desks issue commands through the `gantry` command while processes are killed, lines are cut and
server processes are stopped; afterwards psql counts. Nothing of the program is imported.
"""

import argparse
import json
import secrets
import sys

from tests.blackbox.programs import Missing
from tests.blackbox.run import Outcome, run


def main() -> int:
    """0: nothing lost, doubled, unasked or wrong; 1: something was, and the desks are kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.blackbox", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if arguments.seed is None else arguments.seed
    print(f"seed {seed}", file=sys.stderr, flush=True)
    try:
        outcome = run(seed, arguments.minutes)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    _tell(outcome, as_json=arguments.json)
    return 0 if outcome.folder is None else 1


def _tell(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome.summary, ensure_ascii=False))
    else:
        for name, value in outcome.summary.items():
            print(f"{name}: {value}")
    found = outcome.findings
    for name in ("lost", "doubled", "unasked", "wrong", "broken_links"):
        for one in getattr(found, name):
            print(f"{name}: {one}", file=sys.stderr)
    if outcome.folder is not None:
        print(f"kept: {outcome.folder}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
