"""What a person may not see is not in the person's files either, nor what was seen once.

The files are read page by page with their key: free pages and the write-ahead log too.
"""

from datetime import datetime
from uuid import UUID

import pytest

from app.core.people import Job
from app.models.engines import open_encrypted
from app.services.schedule.settings import SetUpSchedule
from app.services.schedule.tasks import AddTask
from app.sync.cache import CACHE_FILE, DAMAGED_FILE
from app.sync.desk import Desk
from app.sync.staging import STAGE_FILE
from tests.services.schedule.site import SIX_DAYS
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    new_project,
    turn_until_idle,
)
from tests.sync.pages import clear_bytes

SECRET = "Zqxjkvw"
PIECES = (b"zq", b"qx", b"xj", b"jk", b"kv", b"vw")
"""The secret as the search index knows it."""


def holding(desk: Desk, words: str) -> list[str]:
    """The files with copies of server rows in which words lie, in whatever page."""
    cache = desk._store.cache
    files = [path for path in sorted(cache.folder.glob("*.db")) if "outbox" not in path.name]
    assert CACHE_FILE in {path.name for path in files}
    return [path.name for path in files if words.encode() in clear_bytes(path, str(cache._key))]


def indexed(desk: Desk) -> bool:
    """Whether the pieces of the secret lie in the search index, deleted or not."""
    cache = desk._store.cache
    opened = open_encrypted(cache.folder / CACHE_FILE, cache._key)
    blocks = [bytes(row[0]) for row in opened.execute("SELECT block FROM search_text_data")]
    opened.close()
    return any(all(piece in block for piece in PIECES) for block in blocks)


def secret_project(site: Office, leader: Desk) -> UUID:
    """A project with the secret in the texts of every table, some longer than a page."""
    founded = new_project(leader, SECRET)
    calendar, project = leader.new_id(), founded.scope_id
    leader.execute(founded)
    leader.execute(edit(leader, project, note=SECRET * 2_000, owner_name=SECRET))
    leader.execute(
        SetUpSchedule(
            scope_id=project,
            calendar_id=calendar,
            calendar_name=SECRET,
            week=SIX_DAYS,
            start_at=datetime(2026, 3, 2, 8),  # noqa: DTZ001 - the site's own time
        )
    )
    for number in range(60):
        name = f"{SECRET} {number}"
        leader.execute(AddTask(scope_id=project, task_id=leader.new_id(), name=name))
    site.sync(leader)
    return project


@pytest.fixture
def chen(site: Office) -> str:
    site.server.add_person("chen.li", job=Job.PLANNER)
    return "chen.li"


def test_a_cache_holds_what_the_job_may_see_and_nothing_else(site: Office) -> None:
    anna = site.filled("anna")
    secret = secret_project(site, anna)
    own = founded_project(site, anna)
    assert holding(anna, SECRET) == [CACHE_FILE, STAGE_FILE]
    for job in Job:
        login = f"person.{job.value}"
        site.server.add_person(login, job=job)
        site.server.grant(login, own, job)
        desk = site.filled(login)
        assert_same_rows(desk, site.server)
        sees_all = job is Job.ADMINISTRATOR
        assert bool(holding(desk, SECRET)) is sees_all, job
        assert bool(holding(desk, secret.hex)) is sees_all, job
        assert holding(desk, own.hex), job
        desk.close()


def test_what_may_be_seen_no_more_is_gone_from_every_page(site: Office, chen: str) -> None:
    anna = site.filled("anna")
    secret = secret_project(site, anna)
    member = site.server.grant(chen, secret, Job.PROJECT_MANAGER)
    desk = site.filled(chen)
    assert desk.search(SECRET, 20)
    # Pending edits leave images of the server's rows, and more versions of a page.
    for text in ("one", "two"):
        desk.execute(edit(desk, secret, region=text))
    desk.execute(AddTask(scope_id=secret, task_id=desk.new_id(), name="mine"))
    assert CACHE_FILE in holding(desk, SECRET)
    assert indexed(desk)
    site.server.revoke(member)
    desk._store.link.retry_now()
    turn_until_idle(desk)
    assert_same_rows(desk, site.server)
    assert not indexed(desk)
    assert holding(desk, SECRET) == []
    assert not desk.search(SECRET, 20)


def test_a_damaged_cache_is_not_kept_beyond_the_rights(site: Office, chen: str) -> None:
    anna = site.filled("anna")
    secret = secret_project(site, anna)
    member = site.server.grant(chen, secret, Job.PLANNER)
    desk = site.filled(chen)
    desk._store.cache.rebuild()
    desk._store.link.retry_now()
    turn_until_idle(desk)
    assert DAMAGED_FILE in holding(desk, SECRET)
    site.server.revoke(member)
    desk._store.link.retry_now()
    turn_until_idle(desk)
    assert holding(desk, SECRET) == []
