"""Tables leave the program by few doors, each of which keeps words from becoming formulas."""

from tests.arch.test_mirror import ROOT, modules

# How a table is written, and the only modules that may; their own tests try formulas.
DOORS = {
    "Workbook(": {"app/ui/kit/export.py", "app/ui/kit/printing/schedule_xlsx.py"},
    "csv.writer(": {"app/ui/kit/clipboard_block.py"},
    "csv.DictWriter(": set(),
    ".to_csv(": set(),
    ".to_excel(": set(),
}


def test_every_writer_is_known() -> None:
    for way, known in DOORS.items():
        found = {
            path.as_posix()
            for path in modules("app")
            if way in (ROOT / path).read_text(encoding="utf-8")
        }
        assert found == known, way
