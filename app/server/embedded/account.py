"""The operating system account under which the database server runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged account: PostgreSQL refuses to run as root."""

    name: str
    user_id: int
    group_id: int
