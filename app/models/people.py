"""People of the company and what they may do where."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.people import Job
from app.models.base import LOGIN_LENGTH, Scoped
from app.models.types import choice


class Person(Scoped):
    """A colleague with a login of their own on the server. Lives in the company's scope."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("scope_id", "login"),)

    login: Mapped[str] = mapped_column(String(LOGIN_LENGTH))
    display_name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)


class ScopeMember(Scoped):
    """A job that a person holds in a project, or in the company: the root of every right."""

    __tablename__ = "scope_member"
    __table_args__ = (UniqueConstraint("scope_id", "person", "job"),)

    person: Mapped[str] = mapped_column(String(LOGIN_LENGTH), index=True)
    job: Mapped[Job] = mapped_column(choice(Job))
