from app.core.schedule.network import Network
from app.ports.schedule_files.imported import ImportedSchedule, SourceFormat
from tests.core.schedule.networks import network, task


def test_a_schedule_without_tree_or_codes_is_complete() -> None:
    plan: Network = network([task("a")])
    schedule = ImportedSchedule("码头", SourceFormat.XER, plan)
    assert (schedule.wbs, schedule.facts, dict(schedule.stored)) == ((), (), {})
    assert SourceFormat("mspdi") is SourceFormat.MSPDI
