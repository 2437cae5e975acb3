"""Asking under another's name, from another's device, or again what another asked."""

from uuid import uuid4

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege, UniqueViolation
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.services.commands import encode
from tests.models.asking import rows
from tests.server.attacks.conftest import Company
from tests.server.inbox import BareDesk, edit

REGION = "select region from project where id = %s"
STORED = "select actor, payload from command_inbox where op_id = %s"


def test_nobody_asks_under_another_name(company: Company, lin: BareDesk) -> None:
    command = edit(company.lin_project, "", "华东")
    for name in ("ma.chao", "zhao.gang", "gantry_admin", "gantry_server", "postgres", ""):
        forged = lin.row(command.KIND, encode(command), command.scope_id) | {"actor": name}
        with pytest.raises(InsufficientPrivilege):
            lin.insert([forged])


def test_nobody_asks_from_a_device_of_another(
    company: Company, lin: BareDesk, ma: BareDesk, root: Connection
) -> None:
    ma.send(edit(company.ma_project, "", "华南"))
    command = edit(company.lin_project, "", "华东")
    for sequence in (1, 2, 10**6):
        forged = lin.row(command.KIND, encode(command), command.scope_id, seq=sequence)
        with pytest.raises(psycopg2.Error) as caught:
            lin.insert([forged | {"device_id": ma.device_id}])
        assert caught.value.pgcode == "GA001"
    company.worker.apply_waiting()
    # Ma's own order was not touched.
    (op_id,) = ma.send(edit(company.ma_project, "华南", ""))
    company.worker.apply_waiting()
    assert ma.answer(op_id) == ("applied", None)


def test_a_sequence_number_is_taken_once(company: Company, lin: BareDesk) -> None:
    command = edit(company.lin_project, "", "华东")
    lin.insert([lin.row(command.KIND, encode(command), command.scope_id, seq=7)])
    again = lin.row(command.KIND, encode(command), command.scope_id, seq=7)
    assert lin.insert([again]) == []
    for wrong in (0, -1):
        with pytest.raises(psycopg2.IntegrityError):
            lin.insert([lin.row(command.KIND, encode(command), command.scope_id, seq=wrong)])


def test_what_another_asked_is_not_asked_again(
    company: Company, lin: BareDesk, ma: BareDesk, root: Connection
) -> None:
    command = edit(company.ma_project, "", "西南")
    sent = ma.row(command.KIND, encode(command), command.scope_id)
    assert ma.insert([sent]) == [sent["op_id"]]
    replayed = lin.row(command.KIND, encode(command), command.scope_id, op_id=sent["op_id"])
    assert lin.insert([replayed]) == []
    assert lin.rows(STORED, sent["op_id"]) == []
    with pytest.raises(UniqueViolation), lin.opened.cursor() as cursor:
        cursor.execute(
            "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind,"
            " kind_version, payload, issued_at) values (%s, %s, 'lin.feng', %s, 99, 'x', 1, '{}',"
            " now())",
            (sent["op_id"], company.lin_project, uuid4()),
        )
    # The same words under an id of the own are judged by the own rights.
    mine = lin.row(command.KIND, encode(command), command.scope_id, seq=1)
    assert lin.insert([mine]) == [mine["op_id"]]
    company.worker.apply_waiting()
    assert ma.answer(sent["op_id"]) == ("applied", None)
    state, _ = lin.answer(mine["op_id"]) or ("", None)
    assert state == "refused"
    assert rows(root, STORED, (sent["op_id"],)) == [("ma.chao", sent["payload"])]
    assert rows(root, REGION, (company.ma_project,)) == [("西南",)]


def test_other_words_under_a_known_id_change_nothing(
    company: Company, lin: BareDesk, root: Connection
) -> None:
    first, second = (edit(company.lin_project, "", region) for region in ("华北", "东北"))
    sent = lin.row(first.KIND, encode(first), first.scope_id)
    lin.insert([sent])
    assert lin.insert([sent | {"payload": encode(second)}]) == []
    company.worker.apply_waiting()
    assert lin.insert([sent | {"payload": encode(second)}]) == []
    assert company.worker.apply_waiting() == 0
    assert rows(root, STORED, (sent["op_id"],)) == [("lin.feng", sent["payload"])]
    for change in ("payload = '{}'", "done = false", "actor = 'ma.chao'", "device_seq = 50"):
        with pytest.raises(InsufficientPrivilege):
            lin.rows(f"update command_inbox set {change} where op_id = %s", sent["op_id"])
    for change in ("do update set payload = excluded.payload", "do update set done = false"):
        with pytest.raises(InsufficientPrivilege):
            lin.rows(
                "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind,"
                " kind_version, payload, issued_at) values (%s, %s, 'lin.feng', %s, 1, 'x', 1,"
                f" '{{}}', now()) on conflict (op_id) {change} returning 1",
                sent["op_id"],
                company.lin_project,
                lin.device_id,
            )


def test_a_command_for_a_scope_of_another_is_refused(company: Company, lin: BareDesk) -> None:
    for scope in (company.ma_project, uuid4()):
        command = edit(scope, "", "华东")
        lin.insert([lin.row(command.KIND, encode(command), scope)])
        # The envelope's scope counts, and both have to be the same.
        lin.insert([lin.row(command.KIND, encode(command), company.lin_project)])
    company.worker.apply_waiting()
    found = lin.rows("select state from command_result where actor = 'lin.feng'")
    answers = lin.rows(
        "select state from command_result join command_inbox using (op_id) where device_id = %s",
        lin.device_id,
    )
    assert found
    assert answers == [("refused",)] * 4
