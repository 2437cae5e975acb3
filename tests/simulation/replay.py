"""Plays one seed again and tells what happened in it: `python -m tests.simulation.replay SEED`."""

import logging
import sys
import warnings

from tests.simulation.run import HELD, log_of


def main() -> int:
    """0 if every invariant held."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    line = ""
    for line in log_of(int(sys.argv[1])):
        sys.stdout.write(f"{line}\n")
    return 0 if line == HELD else 1


if __name__ == "__main__":
    sys.exit(main())
