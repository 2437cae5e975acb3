"""`gantry show`: rows of the cache for machines and for people."""

import json
from uuid import uuid4

import pytest

from app.cli.main import main
from app.cli.show import QUERIES
from tests.cli.conftest import NewDesk, founding
from tests.cli.running import DeskLine

OF_A_PLAN = sorted(QUERIES.keys() - {"projects", "people", "conflicts", "stock", "ledger"})


@pytest.fixture
def anna(new_desk: NewDesk) -> DeskLine:
    """Anna's desk with a project of two calendars' worth of nothing: founded, not scheduled."""
    made = new_desk()
    made("sync", "--wait", "30")
    return made


def test_people_and_projects(anna: DeskLine) -> None:
    project = uuid4()
    anna("do", "projects.create", json.dumps(founding(project, "SH-1")), "--offline")
    (found,) = [row for row in anna("show", "projects", "--offline") if row["code"] == "SH-1"]
    assert (found["id"], found["planned_start"]) == (str(project), "2026-03-01")
    assert {"anna", "qian"} <= {row["login"] for row in anna("show", "people", "--offline")}
    assert anna("show", "conflicts", "--offline") == []


def test_a_line_each_for_people(anna: DeskLine, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["show", "people", "--profile", str(anna.profile), "--demo-keys", "--offline"]
    assert main(words) == 0
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "login=qian" in one]
    assert "display_name=钱仓" in line.split(" · ")


@pytest.mark.parametrize("query", OF_A_PLAN)
def test_a_plan_by_the_code_of_its_project(anna: DeskLine, query: str) -> None:
    code = f"SH-{query}"
    project = uuid4()
    anna("do", "projects.create", json.dumps(founding(project, code)), "--offline")
    asked = ("show", query, "--offline", "--project")
    assert anna.fault(*asked, "SH-nowhere")["id"] == "cli.show.project_unknown"
    assert anna.fault(*asked, code)["id"] == "schedule.missing"
    set_up = {
        "scope_id": str(project),
        "calendar_id": str(uuid4()),
        "calendar_name": "六天工作制",
        "week": [[[480, 720], [780, 1020]]] * 6 + [[]],
        "start_at": "2026-03-02T08:00:00",
    }
    anna("do", "schedule.set_up", json.dumps(set_up), "--offline")
    assert anna(*asked, code) == anna(*asked, str(project))


def test_what_lies_in_the_stock_of_a_project(anna: DeskLine) -> None:
    project, item, place = uuid4(), str(uuid4()), str(uuid4())
    scope = {"scope_id": str(project)}
    anna("do", "projects.create", json.dumps(founding(project, "SH-stock")), "--offline")
    assert anna("show", "stock", "--offline", "--project", "SH-stock") == []
    for kind, fields in (
        ("stock.add_item", {"item_id": item, "code": "C", "name": "水泥", "unit": "袋"}),
        ("stock.add_location", {"location_id": place, "code": "A", "name": "料棚"}),
        (
            "stock.receive",
            {
                "location_id": place,
                "lines": [{"move_id": str(uuid4()), "item_id": item, "quantity": "2.5"}],
                "business_date": "2026-03-05",
            },
        ),
    ):
        anna("do", kind, json.dumps(scope | fields), "--offline")
    (found,) = anna("show", "stock", "--offline", "--project", "SH-stock")
    assert (found["item"]["code"], found["on_hand"], found["count_open"]) == ("C", "2.5000", False)


def test_a_project_must_be_named_for_its_plan(anna: DeskLine) -> None:
    assert anna.fault("show", "tasks", "--offline")["id"] == "cli.show.project_unknown"


def test_a_ledger_of_a_project_and_of_the_company(anna: DeskLine) -> None:
    project, entry = uuid4(), uuid4()
    anna("do", "projects.create", json.dumps(founding(project, "SH-L")), "--offline")
    draft = {
        "scope_id": str(project),
        "entry_id": str(entry),
        "business_date": "2026-03-02",
        "summary": "入账商品混凝土",
        "lines": [
            {"account": "5401.01", "debit": "88000.50"},
            {"account": "2202", "credit": "88000.50"},
        ],
        "device": "3F9A",
        "counter": 7,
    }
    anna("do", "ledger.draft", json.dumps(draft), "--offline")
    found = anna("show", "ledger", "--project", "SH-L", "--offline")
    (shown,) = found["entries"]
    assert (shown["id"], shown["amount"], shown["state"]) == (str(entry), "88000.50", "draft")
    assert (shown["number"], shown["provisional"]) == ("", "暂-3F9A-7")
    assert [line["account"] for line in shown["lines"]] == ["5401.01", "2202"]
    assert [one["state"] for one in found["periods"]] == ["open"]
    of_company = anna("show", "ledger", "--project", "company", "--offline")
    assert of_company == {"entries": [], "periods": []}
