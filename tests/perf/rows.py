"""Many rows made by the server itself, in seconds."""

from uuid import UUID

from sqlalchemy import Engine, text

_TASKS = """
insert into task (scope_id, id, position, kind, code, name, duration_minutes, percent_complete,
    constraint_kind, elapsed_duration, note, row_version, created_at, created_by, updated_at,
    updated_by)
select cast(:project as uuid), gen_random_uuid(), n, 'task', 'A' || lpad(n::text, 7, '0'),
    n % 40 || ' 层柱钢筋绑扎 第 ' || n || ' 段', 960, 0, 'asap', false, '', 1, now(),
    'gantry_admin', now(), 'gantry_admin'
from generate_series(1, :count) as n
"""


def make_tasks(engine: Engine, project: UUID, count: int, *, fed: bool = True) -> None:
    """Adds `count` tasks to a project; told in the feed if `fed`."""
    with engine.begin() as connection:
        if not fed:
            connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(_TASKS), {"project": project, "count": count})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze task"))
