from app.core.errors import Finding, Reason
from app.ports.schedule_files.faults import MAX_FINDINGS, Faults
from tests.ports.schedule_files.findings import found_in, refused, short


def test_findings_keep_their_order() -> None:
    faults = Faults()
    faults.add("bad_date", "L2")
    faults.extend([Finding(Reason("schedule_files.cycle"), "a")])
    assert found_in(faults) == [("L2", "bad_date"), ("a", "cycle")]
    assert short(faults.stop("empty_file").findings)[-1] == ("", "empty_file")


def test_a_flood_of_findings_ends_the_reading() -> None:
    faults = Faults()

    def flood() -> None:
        while True:
            faults.add("bad_date")

    findings = refused(flood)
    assert len(findings) == MAX_FINDINGS + 1
    assert findings[-1] == ("", "too_many_findings")


def test_nothing_found_raises_nothing() -> None:
    faults = Faults()
    faults.raise_if_any()
    assert not faults
