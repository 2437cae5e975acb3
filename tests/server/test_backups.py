"""Backups are checked before they are trusted, and the right ones are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import EnvironmentFault
from app.server.backups import (
    SUFFIX,
    check_backup,
    expired,
    made_at,
    make_backup,
    manifest_path,
    target_of,
    tidy,
)
from tests.servers import Server

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def test_a_backup_can_be_checked_and_holds_no_secret(server: Server, tmp_path: Path) -> None:
    server.add_person("feng.san")
    file = make_backup(target_of(server.superuser_dsn, server.database), tmp_path / "b", NOW)
    assert file.name == "gantry-20260320T120000Z.gantry-backup"
    manifest = check_backup(file)
    assert "feng.san" in manifest.logins
    assert manifest.made_at == NOW
    everything = file.read_bytes() + manifest_path(file).read_bytes()
    assert b"SCRAM-SHA-256" not in everything
    assert sorted(one.name for one in file.parent.iterdir()) == [file.name, f"{file.name}.json"]


@pytest.mark.parametrize(
    ("harm", "text_id"),
    [
        ("flip", "server.backup.damaged"),
        ("cut", "server.backup.damaged"),
        ("manifest", "server.backup.damaged"),
        ("foreign", "server.backup.foreign"),
        ("lost", "server.backup.no_manifest"),
        ("gone", "server.backup.no_file"),
    ],
)
def test_a_harmed_backup_is_not_trusted(
    server: Server, tmp_path: Path, harm: str, text_id: str
) -> None:
    file = make_backup(target_of(server.superuser_dsn, server.database), tmp_path, NOW)
    content = bytearray(file.read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    elif harm == "cut":
        file.write_bytes(content[:-1])
    elif harm == "manifest":
        manifest_path(file).write_text("{", encoding="utf-8")
    elif harm == "foreign":
        described = manifest_path(file).read_text(encoding="utf-8")
        manifest_path(file).write_text(described.replace("gantry-backup", "x", 1), "utf-8")
    elif harm == "lost":
        manifest_path(file).unlink()
    else:
        file.unlink()
    with pytest.raises(EnvironmentFault) as caught:
        check_backup(file)
    assert caught.value.reason.text_id == text_id


def test_a_failed_backup_leaves_no_half_file(server: Server, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        make_backup(target_of(server.superuser_dsn, "no_such_database"), tmp_path, NOW)
    assert caught.value.reason.text_id == "server.backup.failed"
    assert list(tmp_path.iterdir()) == []


def test_tidying_touches_backups_only(tmp_path: Path) -> None:
    for days in range(60):
        name = f"gantry-{(NOW - timedelta(days=days)):%Y%m%dT%H%M%SZ}{SUFFIX}"
        (tmp_path / name).write_bytes(b"")
        manifest_path(tmp_path / name).write_bytes(b"")
    (tmp_path / f"gantry-yesterday{SUFFIX}").write_bytes(b"")
    (tmp_path / "notes.txt").write_bytes(b"")
    removed = tidy(tmp_path, NOW)
    left = [file for file in tmp_path.iterdir() if file.name.endswith(SUFFIX)]
    dated = [file for file in left if made_at(file)]
    assert len(dated) + len(removed) == 60
    assert len(dated) < 15
    assert all(manifest_path(file).exists() for file in dated)
    assert not any(manifest_path(file).exists() for file in removed)
    assert (tmp_path / "notes.txt").exists()
    assert (tmp_path / f"gantry-yesterday{SUFFIX}").exists()


@given(st.lists(st.integers(0, 900), unique=True, max_size=80))
def test_what_is_kept(ages: list[int]) -> None:
    moments = [NOW - timedelta(days=age) for age in ages]
    gone = set(expired(moments, NOW))
    kept = set(moments) - gone
    if moments:
        assert max(moments) in kept
    assert all(moment in kept for moment in moments if moment > NOW - timedelta(days=7))
    months = sorted({(moment.year, moment.month) for moment in moments}, reverse=True)[:12]
    assert set(months) <= {(moment.year, moment.month) for moment in kept}
    assert len(kept) <= 7 + 5 + 12
