"""The lease row lets one worker write."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.server.connect import worker_engine, writing
from app.server.lease import Lease, LeaseBusy, LeaseHeld
from tests.servers import Server


def test_one_holder_at_a_time_with_a_growing_epoch(server: Server) -> None:
    engine = worker_engine(server.worker_dsn)
    first, second = Lease(3.0), Lease(3.0)
    with writing(engine) as connection:
        first.enter(connection)
    with writing(engine) as connection:
        assert not second.may_be_free(connection)
    with pytest.raises(LeaseHeld), writing(engine) as connection:
        second.enter(connection)
    assert (first.held, second.held) == (True, False)
    with writing(engine) as connection:
        first.enter(connection)
        first.leave(connection)
    with writing(engine) as connection:
        second.enter(connection)
    assert second.epoch == 2
    with pytest.raises(LeaseHeld), writing(engine) as connection:
        first.enter(connection)
    engine.dispose()


def test_a_silent_holder_is_succeeded_and_knows_it(server: Server) -> None:
    engine = worker_engine(server.worker_dsn)
    first, second = Lease(3.0), Lease(3.0)
    with writing(engine) as connection:
        first.enter(connection)
    with server.admin.begin() as connection:
        connection.execute(text("update worker_lease set seen_at = seen_at - interval '4 s'"))
    with writing(engine) as connection:
        assert second.may_be_free(connection)
        second.enter(connection)
    with pytest.raises(LeaseHeld), writing(engine) as connection:
        first.enter(connection)
    assert not first.held
    engine.dispose()


def test_a_locked_row_is_busy_not_lost(server: Server) -> None:
    engine, other = worker_engine(server.worker_dsn), worker_engine(server.worker_dsn)
    lease = Lease(3.0)
    with writing(engine) as connection:
        lease.enter(connection)
    with writing(other) as blocking:
        blocking.exec_driver_sql("select from worker_lease for update")
        with pytest.raises(LeaseBusy), writing(engine) as connection:
            lease.enter(connection)
    with writing(engine) as connection:
        lease.enter(connection)
    assert lease.epoch == 1
    engine.dispose()
    other.dispose()


def test_a_failed_transaction_leaves_nothing(server: Server) -> None:
    engine = worker_engine(server.worker_dsn)
    lease = Lease(3.0)
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.exec_driver_sql(f"select 1 / (1 - {lease.enter(connection) is not None:d})")
    with server.admin.connect() as connection:
        assert connection.scalar(text("select holder from worker_lease")) is None
    engine.dispose()
