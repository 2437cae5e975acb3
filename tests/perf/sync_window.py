"""Whether the window stands still while its desk comes back after days."""

import json
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from app.core.people import Job
from app.sync.profile import save_profile
from tests.perf.figures import Sizes
from tests.perf.rows import make_tasks
from tests.perf.sync_reconcile import CHANGE, queue, worker_process
from tests.servers import fresh_server
from tests.sync.desks import founded_project, office

_ROOT = Path(__file__).parents[2]


def measure(folder: Path, sizes: Sizes) -> dict[str, float]:
    """The window shows the schedule that the queue and the colleagues are about."""
    with fresh_server() as server, office(server, folder) as site:
        server.add_person("anna", job=Job.ADMINISTRATOR)
        desk = site.filled("anna")
        project = founded_project(site, desk)
        make_tasks(server.admin, project, sizes.shown)
        desk._store.link.retry_now()
        desk._store.turn()
        queue(desk, project, sizes.pending)
        desk.close()
        with server.admin.begin() as connection:
            connection.execute(text(CHANGE))
        save_profile(desk.profile)
        with worker_process(server):
            return _watched(desk.profile.folder, site.keys(desk.profile)._secrets)


def _watched(folder: Path, secrets: dict[str, str]) -> dict[str, float]:
    child = subprocess.run(
        [sys.executable, "-m", "tests.perf.window_sync", str(folder)],
        input=json.dumps(secrets),
        stdout=subprocess.PIPE,
        check=True,
        cwd=_ROOT,
        encoding="utf-8",
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    )
    figures: dict[str, float] = json.loads(child.stdout)
    return figures
