"""Setting a schedule up, and how it is computed."""

from datetime import datetime
from pathlib import Path

import pytest

from app.core.errors import Refused
from app.core.schedule.network import ProgressMode, Rules
from app.services.schedule.queries import load_plan
from app.services.schedule.settings import EditSettings, SettingsFields
from app.services.tx import Clash
from tests.services.schedule.site import COLLEAGUE, Site, new_id


def edit(site: Site, **fields: object) -> EditSettings:
    return EditSettings(
        scope_id=site.project_id,
        base=site.plan().settings.base_of(*fields),
        values=SettingsFields(**fields),  # type: ignore[arg-type]
    )


def test_a_project_has_one_schedule(site: Site) -> None:
    with pytest.raises(Refused) as error:
        site.set_up()
    assert error.value.reason.text_id == "schedule.exists"


def test_without_one_there_is_no_plan_and_nothing_to_edit(tmp_path: Path) -> None:
    bare = Site(tmp_path / "bare.db")
    with bare.read() as session:
        assert load_plan(session, bare.project_id) is None
    command = EditSettings(
        scope_id=bare.project_id,
        base=SettingsFields(rules=Rules.P6),
        values=SettingsFields(rules=Rules.MSP),
    )
    with pytest.raises(Refused) as error:
        bare.run(command)
    bare.close()
    assert error.value.reason.text_id == "schedule.missing"


def test_groups_merge_and_clash(site: Site) -> None:
    rules = edit(site, rules=Rules.MSP)
    late = edit(site, progress_mode=ProgressMode.OVERRIDE)
    dates = edit(site, data_date=datetime(2026, 3, 9, 17))  # noqa: DTZ001
    site.run(rules)
    site.run(dates, COLLEAGUE)
    assert site.plan().settings.rules is Rules.MSP
    assert site.plan().settings.data_date == datetime(2026, 3, 9, 17)  # noqa: DTZ001
    with pytest.raises(Clash) as error:
        site.run(late, COLLEAGUE)
    assert [clash.group for clash in error.value.clashes] == ["rules"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"default_calendar_id": new_id()}, "schedule.calendar_gone"),
        ({"start_at": datetime(1960, 1, 1)}, "schedule.date_out_of_range"),  # noqa: DTZ001
        ({"must_finish_at": datetime(2300, 1, 1)}, "schedule.date_out_of_range"),  # noqa: DTZ001
    ],
)
def test_unsound_settings_are_refused(site: Site, fields: dict[str, object], reason: str) -> None:
    with pytest.raises(Refused) as error:
        site.run(edit(site, **fields))
    assert error.value.reason.text_id == reason
