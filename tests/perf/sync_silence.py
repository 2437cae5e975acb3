"""How long a desk believes in a link that swallows everything."""

import threading
import time

from app.sync.desk import Desk
from app.sync.status import DeskStatus, LinkState
from tests.sync.desks import Office, new_project
from tests.sync.proxy import proxy

_PATIENCE_S = 30.0


def measure(site: Office) -> dict[str, float]:
    """Seconds from the last byte to the status "offline", under a call and while idle."""
    return {
        "dead_under_a_call_s": _noticed(site, "caller", calls=True),
        "dead_while_idle_s": _noticed(site, "idler", calls=False),
    }


def _noticed(site: Office, folder: str, *, calls: bool) -> float:
    with proxy(site.server.running.port) as line:
        desk = site.desk("anna", folder, port=line.port)
        online, offline = threading.Event(), threading.Event()

        def hear(news: object) -> None:
            if isinstance(news, DeskStatus):
                (online if news.is_online and _is_filled(desk) else threading.Event()).set()
                if news.link is LinkState.OFFLINE:
                    offline.set()

        desk.subscribe(hear)
        desk.start()
        assert online.wait(_PATIENCE_S)
        # Made once for a desk, by its first edit.
        desk._store.ballast.ensure()
        line.swallow = True
        began = time.perf_counter()
        if calls:
            desk.execute(new_project(desk))
        assert offline.wait(_PATIENCE_S)
        took = time.perf_counter() - began
        desk.stop()
    return took


def _is_filled(desk: Desk) -> bool:
    return desk._store.link.report.pulls > 0
