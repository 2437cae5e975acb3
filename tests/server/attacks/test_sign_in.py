"""Whether a login exists is not told by the way in: neither by words nor by the work done."""

import socket
import statistics
import struct
import sys
import time

import psycopg2
import pytest
from psycopg2.extensions import make_dsn, parse_dsn

from app.core.errors import EnvironmentFault, Reason
from app.server.connect import administrator_connection
from app.server.logins import shut_out
from app.sync.link_faults import translated
from app.sync.wire import LinkLost
from tests.server.attacks.conftest import Company
from tests.servers import Server

ROUNDS = 30
KNOWN, UNKNOWN = "lin.feng", "nobody.here"


def refusal(server: Server, login: str, password: str = "wrong password") -> psycopg2.Error:
    with pytest.raises(psycopg2.OperationalError) as caught:
        psycopg2.connect(make_dsn(server.superuser_dsn, user=login, password=password))
    return caught.value


def test_the_words_are_the_same(company: Company) -> None:
    known, unknown = (refusal(company.server, login) for login in (KNOWN, UNKNOWN))
    assert str(known).replace(KNOWN, "?") == str(unknown).replace(UNKNOWN, "?")
    told = [translated(error) for error in (known, unknown)]
    reasons = [one.reason for one in told if isinstance(one, LinkLost)]
    assert reasons == [Reason("sync.wrong_password")] * 2


def first_answer(server: Server, login: str) -> tuple[bytes, dict[str, str]]:
    """What the server answers to the first message of SCRAM, and the parts of it."""
    dsn = parse_dsn(server.superuser_dsn)
    words = f"user\0{login}\0database\0{dsn['dbname']}\0\0".encode()
    with socket.create_connection((dsn["host"], int(dsn["port"]))) as line:
        line.sendall(struct.pack("!II", len(words) + 8, 196608) + words)
        offered = line.recv(4096)
        first = b"n,,n=,r=clientnonceclientnonce"
        body = b"SCRAM-SHA-256\0" + struct.pack("!I", len(first)) + first
        line.sendall(b"p" + struct.pack("!I", len(body) + 4) + body)
        said = line.recv(4096)
    parts = dict(part.split("=", 1) for part in said[9:].decode().split(","))
    return offered, parts


def test_an_unknown_login_is_asked_as_a_known_one(company: Company) -> None:
    (known_offer, known), (offer, unknown) = (
        first_answer(company.server, login) for login in (KNOWN, UNKNOWN)
    )
    assert offer == known_offer
    assert known.keys() == unknown.keys() == {"r", "s", "i"}
    assert known["i"] == unknown["i"]
    assert len(known["s"]) == len(unknown["s"])
    # The made-up salt of a login stays, as a real one does.
    again = first_answer(company.server, UNKNOWN)[1]
    assert again["s"] == unknown["s"]
    assert again["r"] != unknown["r"]


def test_the_work_is_about_the_same(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    took: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for _ in range(ROUNDS):
        for login, times in took.items():
            began = time.perf_counter()
            refusal(company.server, login)
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    with capsys.disabled():
        sys.stdout.write(f"\nsign-in: unknown login / wrong password = {unknown / known:.3f}\n")
    assert min(map(len, took.values())) == ROUNDS


def test_a_login_that_was_shut_out_says_so_only_to_its_password(company: Company) -> None:
    password = company.server.add_person("shut.out")
    opened = administrator_connection(company.server.superuser_dsn)
    shut_out(opened, "shut.out")
    opened.close()
    assert "password authentication failed" in str(refusal(company.server, "shut.out"))
    with pytest.raises(EnvironmentFault, match="no_connection"):
        administrator_connection(
            make_dsn(company.server.superuser_dsn, user="shut.out", password=password)
        )
