"""How far official numbers are counted: on the server alone, and commands read it there."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Uuid, text

from app.models.base import SERVER

document_number = Table(
    "document_number",
    SERVER,
    Column("scope_id", Uuid, primary_key=True),
    Column("series", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", BigInteger, nullable=False, server_default=text("0")),
)
