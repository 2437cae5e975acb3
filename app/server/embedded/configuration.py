"""The two configuration files of the embedded server, written anew at each start."""

import re
from collections.abc import Mapping

CONFIGURATION_FILE = "postgresql.conf"
ACCESS_FILE = "pg_hba.conf"
HOST = "127.0.0.1"

# Loopback and password only; no socket, no replication, nothing that trusts. People have no
# business in the databases that PostgreSQL brings, where everybody may make temporary tables.
ACCESS_RULES = f"""\
# TYPE  DATABASE             USER            ADDRESS        METHOD
host    postgres,template1   +gantry_person  {HOST}/32   reject
host    all                  all             {HOST}/32   scram-sha-256
"""

DURABLE: Mapping[str, str] = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "100",
    # for the worker, when the logins of people have taken all others
    "reserved_connections": "8",
    # what one login can hold at a time is less than this
    "max_locks_per_transaction": "256",
    # half a gibibyte of the disk: nobody has to hear of a change, desks look by themselves
    "max_notify_queue_pages": "65536",
    "password_encryption": "scram-sha-256",
    "hba_file": ACCESS_FILE,
    # durability
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "replica",
    "max_wal_size": "256MB",
    # modest: the window, the desk's cache and this server share one office computer
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "jit": "off",
    # a week of logs in a ring; a failing statement may carry a secret, so none is ever written
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "gantry-%a.log",
    "log_file_mode": "0600",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_line_prefix": "%m [%p] %u@%d ",
    "lc_messages": "C",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "cluster_name": "gantry",
}

# For tests and nothing else: a crash of the machine may lose everything.
VOLATILE: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}

_NAME = re.compile(r"[a-z][a-z0-9_.]*")


def configuration_text(port: int, changes: Mapping[str, str]) -> str:
    """The text of postgresql.conf. ValueError for a name or value that could carry another line."""
    settings = {**DURABLE, **changes, "port": str(port)}
    return "".join(f"{_checked(name)} = {_quoted(value)}\n" for name, value in settings.items())


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a setting: {name!r}")
    return name


def _quoted(value: str) -> str:
    if not value.isprintable():
        raise ValueError(f"not the value of a setting: {value!r}")
    escaped = value.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
