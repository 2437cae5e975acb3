"""A server that was restored or set back: what it lost is sent again, once."""

from uuid import uuid4

from sqlalchemy import text

from app.sync.history import KEPT, forget_answered
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    new_project,
    turn_until_idle,
)

_FORGOTTEN = (
    "delete from audit_log; delete from command_result; delete from command_inbox; "
    "delete from device; delete from scope_member where scope_id = :project; "
    "delete from project where id = :project"
)


def _restore_to_before(site: Office, project: object, *, generation: bool) -> None:
    """What a backup from before everything would leave."""
    with site.server.admin.begin() as connection:
        for statement in _FORGOTTEN.split("; "):
            connection.execute(text(statement), {"project": project} if ":p" in statement else {})
        connection.execute(
            text("update audit_head set n = 0, hash = sha256('gantry'); delete from change_feed")
        )
        if generation:
            connection.execute(
                text("update server_meta set generation = :new"), {"new": str(uuid4())}
            )


def test_a_restored_backup_gets_back_what_it_lost(site: Office) -> None:
    anna = site.filled("anna")
    founded = new_project(anna)
    done = anna.execute(founded)
    anna.execute(edit(anna, founded.scope_id, note="已办"))
    site.sync(anna)
    waiting = anna.execute(edit(anna, founded.scope_id, region="浦东"))
    device = anna.status().device_id
    _restore_to_before(site, founded.scope_id, generation=True)
    anna._store.link.close()
    anna._store.link.retry_now()
    turn_until_idle(anna)
    # Sent again and not applied yet: pending, and shown.
    assert anna.status().pending == 3
    assert name_of(anna, founded.scope_id) == founded.name
    site.sync(anna)
    site.sync(anna)
    assert anna.status().device_id != device
    assert anna.outcome(done.op_id).state == anna.outcome(waiting.op_id).state == "applied"
    assert name_of(anna, founded.scope_id) == founded.name
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)


def test_a_server_that_says_the_same_name_but_forgot(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    _restore_to_before(site, project, generation=False)
    with anna._store.cache.rebase() as connection:
        connection.exec_driver_sql("update scope_cursor set snapshot = '99999999:99999999:'")
    site.sync(anna)
    site.sync(anna)
    assert name_of(anna, project) is not None
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)


def test_another_generation_with_everything_still_there(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    with site.server.admin.begin() as connection:
        connection.execute(text("update server_meta set generation = :new"), {"new": str(uuid4())})
    anna._store.link.close()
    anna.execute(edit(anna, project, note="之后"))
    site.sync(anna)
    with site.server.admin.connect() as connection:
        stored = connection.execute(text("select count(*) from command_inbox")).scalar_one()
    assert stored == 2
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)


def test_long_answered_commands_are_forgotten(site: Office) -> None:
    anna = site.filled("anna")
    founded_project(site, anna)
    outbox = anna._store.outbox
    now = anna._clock.now()
    assert list(forget_answered(outbox, now)) == []
    assert len(list(forget_answered(outbox, now + KEPT + KEPT))) == 1


def test_a_lost_answer_and_another_generation_together(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    link, outbox = anna._store.link, anna._store.outbox
    saved = anna.execute(edit(anna, project, note="送达了，没听见"))
    mark = outbox.mark_stored
    outbox.mark_stored = lambda *_: None  # type: ignore[method-assign]
    assert link._port is not None
    link._push._send(link._port, outbox.unsent(5))
    outbox.mark_stored = mark  # type: ignore[method-assign]
    with site.server.admin.begin() as connection:
        connection.execute(text("update server_meta set generation = :new"), {"new": str(uuid4())})
    later = anna.execute(edit(anna, project, region="之后"))
    site.sync(anna)
    site.sync(anna)
    assert anna.outcome(saved.op_id).state == anna.outcome(later.op_id).state == "applied"
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)
