"""A damaged outbox gives back what can still be read, and what the daily copy holds."""

from pathlib import Path

import pytest

from app.sync.outbox_copy import COPY_FILE, OUTBOX_FILE, copy_outbox
from tests.sync.desks import Office, assert_same_rows, edit, founded_project


def _spoil(file: Path, start: int, end: int | None = None) -> None:
    body = bytearray(file.read_bytes())
    for place in range(start, min(end or len(body), len(body)), 97):
        body[place] ^= 0xFF
    file.write_bytes(body)


def test_the_daily_copy_steps_in(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    kept = anna.execute(edit(anna, project, note="在副本里"))
    device = anna.status().device_id
    folder = site.profile("anna").folder
    copy_outbox(anna._store.outbox, folder)
    copy_outbox(anna._store.outbox, folder)
    anna.close()
    assert (folder / COPY_FILE).read_bytes()[:6] != b"SQLite"
    _spoil(folder / OUTBOX_FILE, 0)
    again = site.desk("anna")
    (notice,) = again.status().notices
    assert notice.text_id == "sync.outbox_recovered"
    assert notice.parameters["count"] == 2
    assert (folder / str(notice.parameters["file"])).exists()
    assert again.status().device_id != device
    site.sync(again)
    assert again.outcome(kept.op_id).state == "applied"
    assert again.status().pending == 0
    assert_same_rows(again, site.server)


def test_what_is_still_readable_is_taken_over(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    saved = [anna.execute(edit(anna, project, note=f"{n}" * 3000)) for n in range(8)]
    anna.close()
    file = site.profile("anna").folder / OUTBOX_FILE
    size = file.stat().st_size
    _spoil(file, size // 2, size // 2 + 4096)
    again = site.desk("anna")
    (notice,) = again.status().notices
    assert int(notice.parameters["count"]) > 0
    site.sync(again)
    assert again.status().pending == 0
    known = [again._store.outbox.get(one.op_id) for one in saved]
    assert any(found is not None for found in known)
    assert_same_rows(again, site.server)


def test_what_was_sent_unnoticed_is_not_sent_twice(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    folder = site.profile("anna").folder
    sent = anna.execute(edit(anna, project, note="已送达"))
    # The copy still calls it unsent; the server has it, applied.
    copy_outbox(anna._store.outbox, folder)
    site.sync(anna)
    anna.close()
    _spoil(folder / OUTBOX_FILE, 0)
    again = site.desk("anna")
    more = again.execute(edit(again, project, region="之后"))
    site.sync(again)
    site.sync(again)
    assert again.outcome(sent.op_id).state == again.outcome(more.op_id).state == "applied"
    assert again.status().pending == 0
    assert_same_rows(again, site.server)


def test_what_vanished_without_a_sign_of_damage_is_told(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    folder = site.profile("anna").folder
    anna.close()
    older = (folder / OUTBOX_FILE).read_bytes()
    anna = site.desk("anna")
    copied = anna.execute(edit(anna, project, note="在副本里"))
    copy_outbox(anna._store.outbox, folder)
    lost = anna.execute(edit(anna, project, region="不在任何地方"))
    anna.close()
    (folder / OUTBOX_FILE).write_bytes(older)
    again = site.desk("anna")
    (notice,) = again.status().notices
    assert notice.text_id == "sync.outbox_incomplete"
    assert notice.parameters == {"count": 1, "missing": 1}
    site.sync(again)
    assert again.outcome(copied.op_id).state == "applied"
    assert again.status().pending == 0
    with pytest.raises(KeyError):
        again.outcome(lost.op_id)
    assert_same_rows(again, site.server)
    again.close()
    assert site.desk("anna").status().notices == ()
