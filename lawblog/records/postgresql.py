"""The guards in PostgreSQL: three functions that serve every table. Triggers are
ENABLED ALWAYS: session_replication_role does not turn them off."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from .guards import CHAIN, KEPT, NEEDS_A_LINE, PREFIX, Guard, named, text
from .models import NONE_BEFORE, Entry
from .subjects import Subject, column_of

LEDGER = Entry._meta.db_table
_REFUSED = "USING ERRCODE = 'restrict_violation'"
_KEPT, _LINE = (text(one, table="%") for one in (KEPT, NEEDS_A_LINE))

# Arguments: the columns that may change, as '{a,b}', and the column that lets a row be
# deleted, or ''.
KEEP = f"""BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - TG_ARGV[0]::text[]
      = to_jsonb(NEW) - TG_ARGV[0]::text[] THEN RETURN NEW; END IF;
  IF TG_OP = 'DELETE' AND TG_ARGV[1] <> ''
      AND (to_jsonb(OLD) ->> TG_ARGV[1])::boolean THEN RETURN OLD; END IF;
  RAISE EXCEPTION {_KEPT}, TG_TABLE_NAME {_REFUSED};
END"""
# Arguments: the column of the end, and the label in lines.
END = f"""DECLARE
  old_end timestamptz := (to_jsonb(OLD) ->> TG_ARGV[0])::timestamptz;
  new_end timestamptz := (to_jsonb(NEW) ->> TG_ARGV[0])::timestamptz;
  told record;
BEGIN
  IF old_end IS NOT DISTINCT FROM new_end THEN RETURN NEW; END IF;
  SELECT ends INTO told FROM {LEDGER}
    WHERE subject = TG_ARGV[1] AND subject_id = NEW.id ORDER BY seq DESC LIMIT 1;
  IF FOUND AND told.ends IS NOT DISTINCT FROM new_end THEN RETURN NEW; END IF;
  RAISE EXCEPTION {_LINE}, TG_TABLE_NAME {_REFUSED};
END"""  # noqa: S608 - our own table
FOLLOW = f"""DECLARE
  newest record;
BEGIN
  SELECT seq, hash INTO newest FROM {LEDGER} ORDER BY seq DESC LIMIT 1;
  IF NEW.seq = COALESCE(newest.seq, 0) + 1
      AND NEW.prev = COALESCE(newest.hash, '{NONE_BEFORE}') THEN RETURN NEW; END IF;
  RAISE EXCEPTION {text(CHAIN)} {_REFUSED};
END"""  # noqa: S608 - as above
FUNCTIONS = {
    f"{PREFIX}_keep": KEEP,
    f"{PREFIX}_end": END,
    f"{PREFIX}_follow": FOLLOW,
}


def of_ledger(connection: BaseDatabaseWrapper) -> list[Guard]:
    follow = _guard(LEDGER, "insert", f"{PREFIX}_follow")
    return [follow, *_keeping(LEDGER, (), "")]


def of_subject(connection: BaseDatabaseWrapper, subject: Subject) -> list[Guard]:
    guards = _keeping(subject.table, subject.movable, subject.erasable or "")
    if subject.ends:
        arguments = (column_of(subject.model, subject.ends), subject.label)
        guards.append(_guard(subject.table, "end", f"{PREFIX}_end", *arguments))
    return guards


def _keeping(table: str, movable: Iterable[str], erasable: str) -> list[Guard]:
    arguments = "{" + ",".join(movable) + "}", erasable
    return [
        _guard(table, what, f"{PREFIX}_keep", *arguments)
        for what in ("update", "delete", "truncate")
    ]


def _guard(table: str, what: str, function: str, *arguments: str) -> Guard:
    """The definition is what in_force() reads back: function, its text, arguments."""
    definition = "\n".join([function, FUNCTIONS[function], *arguments])
    return Guard(named(table, what), table, definition)


_TIMES = {
    "insert": "INSERT ON {table} FOR EACH ROW",
    "update": "UPDATE ON {table} FOR EACH ROW",
    "end": "UPDATE ON {table} FOR EACH ROW",
    "delete": "DELETE ON {table} FOR EACH ROW",
    "truncate": "TRUNCATE ON {table} FOR EACH STATEMENT",
}


def in_force(connection: BaseDatabaseWrapper) -> list[Guard]:
    """Those that fire whoever writes; one that was disabled is not among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, relname, proname || E'\\n' || prosrc, "
            "encode(tgargs, 'escape') FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgname LIKE %s AND tgenabled = 'A' "
            "AND relnamespace = current_schema()::regnamespace",
            [f"{PREFIX}%"],
        )
        return [
            Guard(name, table, "\n".join([function, *arguments.split("\\000")[:-1]]))
            for name, table, function, arguments in cursor.fetchall()
        ]


def dropping(connection: BaseDatabaseWrapper) -> list[str]:
    """Of every trigger with a name of ours, in force or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, relname FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname LIKE %s "
            "AND relnamespace = current_schema()::regnamespace",
            [f"{PREFIX}%"],
        )
        return [f'DROP TRIGGER "{name}" ON "{table}"' for name, table in cursor]


def creating(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
    # Else a temporary table of the ledger's name would be asked instead of it.
    path = f'SET search_path = "{schema}", pg_temp'
    functions = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {path} "
        f"AS $${body}$$"
        for name, body in FUNCTIONS.items()
    ]
    return [*functions, *(one for guard in guards for one in _create(guard))]


def _create(guard: Guard) -> list[str]:
    what = guard.name.removeprefix(f"{PREFIX}_").removesuffix(f"_{guard.table}")
    when = _TIMES[what].format(table=f'"{guard.table}"')
    function, *rest = guard.definition.split("\n")
    arguments = rest[FUNCTIONS[function].count("\n") + 1 :]
    quoted = ", ".join(
        "'" + argument.replace("'", "''") + "'" for argument in arguments
    )
    return [
        f'CREATE TRIGGER "{guard.name}" BEFORE {when} '
        f"EXECUTE FUNCTION {function}({quoted})",
        f'ALTER TABLE "{guard.table}" ENABLE ALWAYS TRIGGER "{guard.name}"',
    ]
