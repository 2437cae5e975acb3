"""The sample's plans are well written."""

import pytest

from app.core.projects import ProjectKind
from app.core.schedule.graph import find_cycle
from app.core.schedule.network import Link
from app.server.sample.plans import load_sample, unrolled


@pytest.mark.parametrize("kind", list(ProjectKind))
@pytest.mark.parametrize("floors", [1, 2, 7])
def test_every_plan_unrolls_without_cycle_and_ends_in_one_finish(
    kind: ProjectKind, floors: int
) -> None:
    rows = unrolled(load_sample("plans")[kind], floors)
    assert len({row.key for row in rows}) == len(rows)
    assert not any("{" in row.name + row.section for row in rows)
    links = [Link(link.key, row.key) for row in rows for link in row.after]
    assert find_cycle(links) is None
    followed = {link.predecessor_id for link in links}
    assert [row.key for row in rows if row.key not in followed] == ["finish"]


def test_a_repeated_section_follows_itself_floor_by_floor() -> None:
    rows = {row.key: row for row in unrolled(load_sample("plans")["residential"], 3)}
    assert [link.key for link in rows["col2"].after] == ["slab1", "broof"]
    assert [link.key for link in rows["col1"].after] == ["broof"]
    assert [link.key for link in rows["top"].after] == ["slab3"]
