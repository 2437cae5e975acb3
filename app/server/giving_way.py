"""Sessions of people give way to an upgrade: a table that somebody reads cannot be changed."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import psycopg2

from app.server.connect import administrator_connection

_LOOK_SECONDS = 0.1
_END = """
select count(pg_terminate_backend(session.pid)) from pg_stat_activity as session
where session.pid = any(pg_blocking_pids(%s)) and exists (
    select from pg_auth_members
    where member = session.usesysid and roleid = to_regrole('gantry_person'))
"""


@contextmanager
def people_give_way(superuser_dsn: str, database: str, to_backend: int) -> Iterator[None]:
    """Meanwhile ends every person's session that the server process `to_backend` waits for.

    EnvironmentFault when the server does not let us in.
    """
    stop = threading.Event()
    with closing(administrator_connection(superuser_dsn, database=database)) as opened:

        def watch() -> None:
            # Without a connection the upgrade goes on by itself, and says what became of it.
            with suppress(psycopg2.Error):
                while not stop.wait(_LOOK_SECONDS):
                    with opened.cursor() as cursor:
                        cursor.execute(_END, (to_backend,))

        watching = threading.Thread(target=watch, name="gantry-giving-way")
        watching.start()
        try:
            yield
        finally:
            stop.set()
            watching.join()
