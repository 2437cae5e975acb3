"""A running server is described without giving its password away."""

from psycopg2.extensions import parse_dsn

from app.server.embedded.binaries import installed
from app.server.embedded.running import Running

PASSWORD = "p'ass w\\ord%40"


def test_addresses_carry_the_password_and_texts_do_not() -> None:
    running = Running(15_432, PASSWORD, installed())
    assert PASSWORD not in repr(running)
    assert PASSWORD not in str(running.url("gantry"))
    assert running.url("gantry").password == PASSWORD
    parsed = parse_dsn(running.dsn("gantry"))
    assert (parsed["password"], parsed["dbname"], parsed["port"]) == (PASSWORD, "gantry", "15432")
    assert (parsed["host"], running.url().host) == ("127.0.0.1", "127.0.0.1")
    assert parse_dsn(running.dsn())["dbname"] == running.url().database == "postgres"
