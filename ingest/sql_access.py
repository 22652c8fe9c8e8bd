"""Opens a table or view of somebody else's database for reading only, row by row.

What goes wrong is told without the address, the statement or a value: these may hold a secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    ColumnClause,
    Connection,
    Engine,
    NullPool,
    column,
    create_engine,
    event,
    inspect,
    select,
    table,
)
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    InterfaceError,
    NoSuchTableError,
    OperationalError,
    SQLAlchemyError,
)

from data.mistakes import nearest
from ingest.source import AccessDenied, SourceChanged, SourceDown

CONNECT_S = 10
STATEMENT_MS = 300_000
ROWS = 5000
NO_ACCESS = ("28000", "28P01", "42501")
"""What PostgreSQL calls a wrong user, a wrong password and a right that is missing."""
REFUSED = ("authentication failed", "access denied", "permission denied", "login failed")


@dataclass(frozen=True)
class View:
    """A table or view at an address; the address holds a password."""

    address: URL = field(repr=False)
    name: str
    schema: str | None = None

    def engine(self) -> Engine:
        """Make the engine without connecting; raise an error when the driver is missing."""
        return _open(self.address)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that can write nothing; its errors are those of a source."""
        try:
            with self.engine().connect() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execution_options(postgresql_readonly=True)
                    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {STATEMENT_MS}")
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise self._trouble(error) from None

    def columns(self, connection: Connection) -> list[str]:
        """Return the names of its columns; raise SourceChanged when it is not there."""
        inspector = inspect(connection)
        try:
            return [str(each["name"]) for each in inspector.get_columns(self.name, self.schema)]
        except NoSuchTableError:
            views = inspector.get_view_names(self.schema)
            hint = nearest(self.name, [*views, *inspector.get_table_names(self.schema)])
            raise SourceChanged(f"{self.place}: tabel of view bestaat niet; {hint}") from None

    def rows(
        self, connection: Connection, names: Sequence[str], at: int, since: Any
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """Yield parts of the rows from a value of column number `at` on, in its order.

        Without a value all rows come.
        """
        columns: list[ColumnClause[Any]] = [column(name) for name in names]
        order = columns[at]
        query = select(*columns).select_from(table(self.name, *columns, schema=self.schema))
        if since is not None:
            query = query.where(order >= since)
        streaming = {"stream_results": True, "yield_per": ROWS}
        found = iter(connection.execute(query.order_by(order), execution_options=streaming))
        while part := list(islice(found, ROWS)):
            yield part

    @property
    def place(self) -> str:
        """Where it is, as errors name it."""
        return f"{self.name} op {self.address.host}" if self.address.host else self.name

    def _trouble(self, error: Exception) -> SourceDown | SourceChanged:
        cause = getattr(error, "orig", None) or error
        said = str(cause).casefold()
        if getattr(cause, "sqlstate", "") in NO_ACCESS or any(word in said for word in REFUSED):
            return AccessDenied(f"{self.place}: geen toegang; controleer wachtwoord en leesrecht")
        if isinstance(error, OperationalError | InterfaceError | OSError):
            return SourceDown(f"{self.place}: de database is niet bereikbaar of bezet")
        if isinstance(error, DataError):
            hint = "een waarde is niet te lezen; laat de view zulke rijen weg"
            return SourceChanged(f"{self.place}: {hint}")
        kind = type(cause).__name__ if isinstance(error, DBAPIError) else type(error).__name__
        return SourceChanged(f"{self.place}: de database weigert de vraag ({kind})")


def _open(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    patient = address.get_backend_name() in ("postgresql", "mysql", "mariadb")
    arguments = {"connect_timeout": CONNECT_S} if patient else {}
    return create_engine(address, poolclass=NullPool, hide_parameters=True, connect_args=arguments)


def _open_sqlite(address: URL) -> Engine:
    """Open a file that stays as it is: it is neither made nor changed."""
    file = f"file:{quote(address.database or '')}"
    read_only = URL.create("sqlite", database=file, query={"mode": "ro", "uri": "true"})
    engine = create_engine(
        read_only, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": CONNECT_S}
    )
    event.listen(engine, "connect", _only_query)
    return engine


def _only_query(connection: Any, _record: object) -> None:
    connection.text_factory = _decoded
    connection.execute("PRAGMA query_only = ON").close()


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "replace")
