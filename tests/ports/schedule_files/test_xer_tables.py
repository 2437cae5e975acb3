from pathlib import Path

from app.ports.schedule_files.faults import DEFAULT_LIMITS, Faults, Limits
from app.ports.schedule_files.xer_tables import Record, xer_records
from tests.ports.schedule_files.findings import found_in, refused

HEAD = "ERMHDR\t8.4\n%T\tTASK\n%F\ta\tb\tc\n"
WANTED = {"TASK": frozenset({"a", "c"})}


def read(
    folder: Path, text: str, limits: Limits = DEFAULT_LIMITS, faults: Faults | None = None
) -> list[Record]:
    path = folder / "file.xer"
    path.write_bytes(text.encode())
    return list(xer_records(path, "utf-8", WANTED, limits, Faults() if faults is None else faults))


def test_wanted_fields_of_wanted_tables(tmp_path: Path) -> None:
    text = HEAD + "%R\t1\t2\t3\r\n%T\tOTHER\n%F\ta\n%R\t9\n%E\n"
    assert read(tmp_path, text) == [("TASK", 4, {"a": "1", "c": "3"})]


def test_short_rows_end_in_empty_fields(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + "%R\t1\n%E\n") == [("TASK", 4, {"a": "1", "c": ""})]


def test_a_line_break_inside_a_text_belongs_to_it(tmp_path: Path) -> None:
    rows = read(tmp_path, HEAD + "%R\tfirst\nsecond\t2\t3\n%E\n")
    assert rows == [("TASK", 4, {"a": "first\nsecond", "c": "3"})]


def test_doubled_quotes_are_one(tmp_path: Path) -> None:
    rows = read(tmp_path, HEAD + '%R\t"said ""no"""\t\t12""\n%E\n')
    assert rows == [("TASK", 4, {"a": 'said "no"', "c": '12"'})]


def test_faulty_rows_are_all_noted(tmp_path: Path) -> None:
    faults = Faults()
    text = "ERMHDR\n%T\tTASK\n%R\t1\n%F\ta\tb\tc\n%R\t1\t2\t3\t4\n%X\n%R\t1\t2\t3\n%E\n"
    assert len(read(tmp_path, text, faults=faults)) == 1
    assert found_in(faults) == [
        ("L3 TASK", "row_without_fields"),
        ("L5 TASK", "too_many_fields"),
        ("L6", "unknown_line"),
    ]


def test_what_is_no_whole_xer_is_refused(tmp_path: Path) -> None:
    assert refused(lambda: read(tmp_path, "HEADER\n")) == [("L1", "not_xer")]
    assert refused(lambda: read(tmp_path, HEAD + "%R\t1\n")) == [("L4", "xer_truncated")]


def test_limits(tmp_path: Path) -> None:
    text = HEAD + "%R\t1\n%R\t2\n%E\n"
    assert refused(lambda: read(tmp_path, text, Limits(records=1))) == [("L5", "too_many_records")]
    long = HEAD + "%R\t" + "x" * 100 + "\n%E\n"
    assert refused(lambda: read(tmp_path, long, Limits(line_chars=50)))[0][1] == "line_too_long"
    many = HEAD + "%R\t" + ("x" * 40 + "\n") * 9 + "%E\n"
    assert refused(lambda: read(tmp_path, many, Limits(line_chars=50)))[0][1] == "line_too_long"
    kept = HEAD + "%R\t1\t2\t3\n" * 9 + "%E\n"
    assert refused(lambda: read(tmp_path, kept, Limits(kept_chars=10)))[0] == (
        "L9 TASK",
        "too_much_text",
    )


def test_a_row_without_cells_may_go_on_on_the_next_line(tmp_path: Path) -> None:
    rows = read(tmp_path, HEAD + "%R\nsecond\t2\t3\n%E\n")
    assert rows == [("TASK", 4, {"a": "\nsecond", "c": "3"})]
