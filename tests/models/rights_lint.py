"""Rules for the catalogue of a server: each returns what breaks it, in words.

The schemas `public` and `app` hold everything of the program's.
"""

from collections.abc import Callable, Mapping
from typing import Final

from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from tests.models.asking import rows
from tests.models.rights_matrix import (
    DEFINERS,
    EVERY_ROLE,
    MONEY_READERS,
    OWN_SCOPES,
    OWN_SCOPES_WITHOUT_MONEY,
    PERSON,
    POLICY_FORMS,
    SEES_ALL,
    WRITING_BUILTINS,
)

_PINNED = "search_path=pg_catalog, pg_temp"
_OURS = "in ('public'::regnamespace, 'app'::regnamespace)"


def row_security_is_forced(opened: Connection) -> list[str]:
    """ENABLE and FORCE on every table; nothing that can have neither (stored views, foreign)."""
    return _words(
        opened,
        "select oid::regclass::text from pg_class where relkind in ('r', 'p', 'f', 'm')"
        f" and relnamespace {_OURS} and relname <> 'alembic_version'"
        " and not (relrowsecurity and relforcerowsecurity)",
    )


def policies_have_the_allowed_forms(opened: Connection) -> list[str]:
    """Permissive, for one role, and of a form that is known to be right and quick."""
    found = rows(
        opened,
        "select tablename::text, policyname::text, permissive, roles::text[], qual, with_check"
        " from pg_policies",
    )
    return [
        f"{table}.{name}"
        for table, name, permissive, roles, *expressions in found
        if permissive != "PERMISSIVE"
        or len(roles) != 1
        or not any(expressions)
        or not all(_is_allowed(roles[0], one) for one in expressions if one is not None)
    ]


def _is_allowed(role: str, expression: str) -> bool:
    if expression == "true":
        return role in SEES_ALL
    if role in MONEY_READERS:
        return expression == OWN_SCOPES
    return expression in POLICY_FORMS and (
        role == PERSON or expression not in (OWN_SCOPES, OWN_SCOPES_WITHOUT_MONEY)
    )


def definers_belong_to_nobody_who_logs_in(opened: Connection) -> list[str]:
    """Known by name, owned by the role that is written, which neither logs in nor is all-mighty."""
    found = rows(
        opened,
        "select proname::text, rolname::text, rolcanlogin or rolsuper"
        " from pg_proc join pg_roles on pg_roles.oid = proowner"
        f" where prosecdef and pronamespace {_OURS}",
    )
    return [name for name, owner, mighty in found if mighty or DEFINERS.get(name) != owner]


def owners_of_definers_write_little(opened: Connection) -> list[str]:
    """A role that sees past row-level security writes nothing at all."""
    return _words(
        opened,
        "select rolname || ' on ' || pg_class.oid::regclass from pg_roles, pg_class"
        f" where rolname like 'gantry%%' and rolbypassrls and relnamespace {_OURS}"
        " and relkind in ('r', 'p') and (has_any_column_privilege(rolname, pg_class.oid,"
        " 'insert, update') or has_table_privilege(rolname, pg_class.oid, 'delete, truncate'))",
    )


def search_paths_are_pinned(opened: Connection) -> list[str]:
    """Every function: what it calls is what its author meant."""
    return _words(
        opened,
        f"select proname::text from pg_proc where pronamespace {_OURS}"
        f" and not coalesce('{_PINNED}' = any(proconfig), false)",
    )


def views_run_with_the_rights_of_who_asks(opened: Connection) -> list[str]:
    """security_invoker on every view."""
    return _words(
        opened,
        f"select oid::regclass::text from pg_class where relkind = 'v' and relnamespace {_OURS}"
        " and not coalesce(reloptions @> array['security_invoker=true'], false)",
    )


def public_has_nothing(opened: Connection) -> list[str]:
    """No grant to PUBLIC on schemas, tables, columns, sequences, functions, or the database."""
    return _words(
        opened,
        "select what from ("
        f" select nspname::text, nspacl, 'n' from pg_namespace where oid {_OURS}"
        f" union all select oid::regclass::text, relacl, case relkind when 'S' then 's' else 'r'"
        f" end from pg_class where relnamespace {_OURS} and relkind in ('r', 'p', 'v', 'm', 'S')"
        " union all select attrelid::regclass || '.' || attname, attacl, null from pg_attribute"
        f" join pg_class on pg_class.oid = attrelid where relnamespace {_OURS}"
        f" union all select oid::regprocedure::text, proacl, 'f' from pg_proc"
        f" where pronamespace {_OURS}"
        " union all select datname, datacl, 'd' from pg_database where datname = current_database()"
        ') as thing (what, acl, kind), aclexplode(coalesce(acl, acldefault(kind::"char", 10)))'
        " where grantee = 0",
    )


def public_neither_writes_nor_locks(opened: Connection) -> list[str]:
    """What PostgreSQL brings and lets everybody call, though it writes or holds a lock."""
    return _words(
        opened,
        "select oid::regprocedure::text from pg_proc, aclexplode(coalesce(proacl, acldefault('f',"
        " proowner))) where grantee = 0 and pronamespace = 'pg_catalog'::regnamespace"
        " and proname = any(%s)",
        (list(WRITING_BUILTINS),),
    )


def groups_do_not_log_in(opened: Connection) -> list[str]:
    """Group roles hold no powers of their own; one alone sees past row-level security."""
    return _words(
        opened,
        "select rolname::text from pg_roles where rolname = any(%s) and (rolcanlogin or rolsuper"
        " or rolcreaterole or rolcreatedb or rolreplication"
        " or (rolbypassrls and rolname <> 'gantry_reader'))",
        (list(EVERY_ROLE),),
    )


def logins_own_nothing(opened: Connection) -> list[str]:
    """What a login owns, it may change: only the database's own superuser owns anything."""
    return _words(
        opened,
        "select what from ("
        f" select oid::regclass::text, relowner from pg_class where relnamespace {_OURS}"
        f" union all select oid::regprocedure::text, proowner from pg_proc where pronamespace"
        f" {_OURS} union all select nspname::text, nspowner from pg_namespace where oid {_OURS}"
        ") as thing (what, owner) join pg_roles on pg_roles.oid = owner"
        " where rolcanlogin and not rolsuper",
    )


def people_go_by_no_other_name(opened: Connection) -> list[str]:
    """Nobody may take on a group's name, and only rights keep the jobs."""
    return _words(
        opened,
        "select member::regrole || ' as ' || roleid::regrole from pg_auth_members"
        " where roleid::regrole::text like 'gantry%%' and ((set_option and member::regrole::text"
        " <> 'gantry_rights') or (admin_option and member::regrole::text <> 'gantry_rights'))"
        " and not (select rolsuper from pg_roles where oid = member)",
    )


RULES: Final[Mapping[str, Callable[[Connection], list[str]]]] = {
    rule.__name__: rule
    for rule in (
        row_security_is_forced,
        policies_have_the_allowed_forms,
        definers_belong_to_nobody_who_logs_in,
        owners_of_definers_write_little,
        search_paths_are_pinned,
        views_run_with_the_rights_of_who_asks,
        public_has_nothing,
        public_neither_writes_nor_locks,
        groups_do_not_log_in,
        logins_own_nothing,
        people_go_by_no_other_name,
    )
}


def _words(opened: Connection, query: str, parameters: tuple[object, ...] = ()) -> list[str]:
    return [str(row[0]) for row in rows(opened, query, parameters)]
