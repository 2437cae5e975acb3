"""How long desks cannot write after a failover: `python -m tests.faults.failover --outage 20`.

Prints one JSON object: seconds from the order to promote to the first command applied, for each
round, with the primary dead for so many seconds before.
"""

import argparse
import json
import logging
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from app.core.people import Job
from app.server.worker import Worker
from app.sync.desk import Desk
from tests.faults.standby import PRIMARY, STANDBY, ReplicatedServer
from tests.sync.desks import Office, edit, new_project

PATIENCE_S = 120.0


def seconds_after_promotion(folder: Path, outage: float) -> float:
    """One failover with a synchronous standby."""
    server = ReplicatedServer(synchronous=True)
    server.add_person("anna", "安娜", Job.ADMINISTRATOR)
    office = Office(server, folder)
    profile = replace(office.profile("anna"), hosts=(PRIMARY, STANDBY))
    desk = Desk.open(profile, office.keys(profile))
    worker, stop = Worker(server.worker_dsn_of_both()), threading.Event()
    working = threading.Thread(target=worker.run, args=(stop,))
    working.start()
    try:
        desk.start()
        desk.sync_until_quiet(PATIENCE_S)
        founded = new_project(desk)
        desk.execute(founded)
        desk.sync_until_quiet(PATIENCE_S)
        server.fall()
        waiting = desk.execute(edit(desk, founded.scope_id, note="宕机期间"))
        threading.Event().wait(outage)
        began = time.monotonic()
        server.promote()
        while desk.outcome(waiting.op_id).state != "applied":
            assert time.monotonic() - began < PATIENCE_S, "nobody writes again"
            time.sleep(0.01)
        return time.monotonic() - began
    finally:
        stop.set()
        working.join()
        worker.close()
        desk.close()
        server.close()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outage", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    seconds = []
    for _ in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as folder:
            seconds.append(round(seconds_after_promotion(Path(folder), chosen.outage), 2))
    print(json.dumps({"outage": chosen.outage, "seconds_to_first_applied": seconds}))  # noqa: T201


if __name__ == "__main__":
    main()
