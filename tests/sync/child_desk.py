"""A desk in a process of its own, to be killed: edits as fast as it can, and says what is saved.

Reads one line of JSON (profile folder, login, port, database, secrets, project, seed) and prints
`saved <op_id> <note>` after each edit.
"""

import json
import sys
from pathlib import Path
from random import Random
from uuid import UUID

from app.sync.desk import Desk
from app.sync.keys import GivenKeys
from app.sync.profile import Profile
from tests.sync.desks import edit


def main() -> None:
    """Runs until it is killed."""
    told = json.loads(sys.stdin.readline())
    profile = Profile(
        folder=Path(told["folder"]),
        profile_id=UUID(int=1),
        login=told["login"],
        hosts=("127.0.0.1",),
        port=told["port"],
        database=told["database"],
        sslmode="disable",
    )
    chance = Random(told["seed"])
    desk = Desk.open(profile, GivenKeys(told["secrets"]))
    desk.start()
    project = UUID(told["project"])
    number = 0
    _say("ready")
    while True:
        number += 1
        field = chance.choice(["note", "region", "address"])
        saved = desk.execute(edit(desk, project, **{field: f"{told['seed']}-{number}"}))
        _say(f"saved {saved.op_id}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
