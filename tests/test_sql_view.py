"""A view in somebody else's database is read as it is, never written, and from where we were."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from data import schema
from data.codes import Outcome
from data.store import Store
from ingest.options import Options
from ingest.source import AccessDenied, Source, SourceChanged, SourceDown, Surroundings
from ingest.sources import sql_view
from ingest.sql_values import as_text
from tests.ingest_cast import KEY, calls, ingest, queue_log, read_all, reasons, rows

ZONE = ZoneInfo("Europe/Amsterdam")
LOG = Path(__file__).parent / "samples" / "asterisk_queue_log" / "queue_log"
NUMBERS = itertools.count()


@dataclass
class Database:
    """Somebody else's database, in which a test may write."""

    engine: Engine
    address: str
    schema: str | None

    def do(self, *statements: str) -> None:
        """Change it as its owner does."""
        with self.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def put(self, table: str, found: list[dict[str, Any]]) -> None:
        """Insert rows."""
        target = sqlalchemy.table(table, *map(sqlalchemy.column, found[0]))
        with self.engine.begin() as connection:
            connection.execute(target.insert(), found)

    def source(self, tabel: str, **given: Any) -> Any:
        """The source of a table or view of it."""
        named = {"schema": self.schema} if self.schema else {}
        asked = {"adres_omgeving": "ADRES", "tabel": tabel, **named, **given}
        source, mistakes = build(asked, {"ADRES": self.address})
        assert mistakes == []
        return source


def build(asked: dict[str, Any], environment: dict[str, str]) -> tuple[Any, list[str]]:
    """Build the source; return it with the mistakes in its options."""
    options = Options("centrale", asked, Path(), Path())
    source = sql_view.build("centrale", options, Surroundings(KEY, environment))
    options.finish()
    return source, [str(mistake) for mistake in options.mistakes]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of our own: a file, or a schema on a real server."""
    if request.param == "sqlite":
        address, schema = f"sqlite:///{tmp_path / 'centrale.sqlite'}", None
        engine = create_engine(address, poolclass=NullPool)
    else:
        address, schema = request.getfixturevalue("postgres_url"), f"centrale{next(NUMBERS)}"
        engine = create_engine(
            address, poolclass=NullPool, connect_args={"options": f"-c search_path={schema}"}
        )
    made = Database(engine, address, schema)
    if schema:
        made.do(f"CREATE SCHEMA {schema}")
    yield made
    if schema:
        made.do(f"DROP SCHEMA {schema} CASCADE")


def local(text_: str, fold: int = 0) -> int:
    """The instant of a local time."""
    return int(datetime.fromisoformat(text_).replace(tzinfo=ZONE, fold=fold).timestamp())


# ── Asterisk realtime ──────────────────────────────────────────────────────────────────────

REALTIME = """CREATE TABLE queue_log (id INTEGER PRIMARY KEY, time TIMESTAMP, callid VARCHAR(80),
queuename VARCHAR(256), agent VARCHAR(80), event VARCHAR(32), data1 VARCHAR(100),
data2 VARCHAR(100), data3 VARCHAR(100), data4 VARCHAR(100), data5 VARCHAR(100))"""
ENDS = (
    "'COMPLETECALLER','COMPLETEAGENT','BLINDTRANSFER','ATTENDEDTRANSFER','ABANDON',"
    "'EXITWITHTIMEOUT','EXITEMPTY','EXITWITHKEY','WITHDRAW'"
)
FOLDED = """CREATE VIEW gesprekken AS
SELECT e.callid || '|' || e.queuename || '|' || e.id AS sleutel, e.time AS begin, t.time AS einde,
  e.queuename AS rij, e.data2 AS nummer, t.event AS hoe, COALESCE(t.id, e.id) AS laatste,
  CASE WHEN t.event IN ('COMPLETECALLER','COMPLETEAGENT') THEN t.data1
       WHEN t.event = 'EXITWITHKEY' THEN t.data4 ELSE t.data3 END AS wacht,
  CASE WHEN t.event IN ('COMPLETECALLER','COMPLETEAGENT') THEN t.data2
       WHEN t.event IN ('BLINDTRANSFER','ATTENDEDTRANSFER') THEN t.data4 END AS praat,
  CASE WHEN t.event IN ('BLINDTRANSFER','ATTENDEDTRANSFER') THEN 1 ELSE 0 END AS door
FROM queue_log e LEFT JOIN queue_log t ON t.id = (SELECT min(x.id) FROM queue_log x
  WHERE x.callid = e.callid AND x.queuename = e.queuename AND x.id > e.id AND x.event IN (:ends))
WHERE e.event = 'ENTERQUEUE'""".replace(":ends", ENDS)
ASTERISK: dict[str, Any] = {
    "oplopend": "laatste",
    "kolommen": {
        "id": "sleutel",
        "ontvangen": "begin",
        "beeindigd": "einde",
        "wachtrij": "rij",
        "telefoon": "nummer",
        "afloop": "hoe",
        "wachttijd": "wacht",
        "gesprekstijd": "praat",
        "doorverbonden": "door",
    },
    "waarden": {
        "afloop": {
            "COMPLETECALLER": "opgenomen",
            "COMPLETEAGENT": "opgenomen",
            "BLINDTRANSFER": "opgenomen",
            "ATTENDEDTRANSFER": "opgenomen",
            "ABANDON": "afgehaakt",
            "EXITWITHTIMEOUT": "timeout",
            "EXITEMPTY": "leeg",
            "EXITWITHKEY": "toets",
            "WITHDRAW": "ingetrokken",
        }
    },
}


def realtime_rows() -> list[dict[str, Any]]:
    """The recorded log as the exchange writes it into a database: local times without offset."""
    found = []
    for number, line in enumerate(LOG.read_text().splitlines(), start=1):
        fields = line.split("|")
        begin = datetime.fromtimestamp(int(fields[0]), ZONE).replace(tzinfo=None)
        data = (fields[5:] + [""] * 5)[:5]
        found.append(
            {"id": number, "time": str(begin), "callid": fields[1], "queuename": fields[2]}
            | {"agent": fields[3], "event": fields[4]}
            | {f"data{at}": value for at, value in enumerate(data, start=1)}
        )
    return found


def told(batches: Any) -> list[tuple[Any, ...]]:
    """What a source says of its calls, without how it names them."""
    last = {call.key: call for batch in batches for call in batch.calls}
    return sorted(
        (
            *(call.arrived_at, call.wachtrij, call.outcome, call.exit, call.wait_s, call.talk_s),
            *(call.ended_at, call.transferred, call.caller),
        )
        for call in last.values()
        if call.outcome
    )


def test_the_table_of_asterisk_tells_the_same_as_its_log(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "queue_log").write_bytes(LOG.read_bytes())
    database.do(REALTIME, FOLDED)
    database.put("queue_log", realtime_rows())
    expected = told(read_all(queue_log(tmp_path / "queue_log")))
    found = told(read_all(database.source("gesprekken", **ASTERISK)))
    assert len(expected) > 100
    assert found == expected


def test_a_call_that_ends_later_rises_and_comes_then(database: Database, store: Store) -> None:
    database.do(REALTIME, FOLDED)
    lines = realtime_rows()
    source = database.source("gesprekken", overlap=0, **ASTERISK)
    for begin in range(0, len(lines), 50):
        database.put("queue_log", lines[begin : begin + 50])
        ingest(store, source)
    whole = Store(store.engine, store.organisation + 4_000_000)
    ingest(whole, source)
    without = [[row | {"organisation": 0} for row in calls(one)] for one in (store, whole)]
    assert without[0] == without[1]


# ── Cisco UCCX ─────────────────────────────────────────────────────────────────────────────

UCCX: dict[str, Any] = {
    "tijdzone": "UTC",
    "kolommen": {
        "id": ["sessionid", "sessionseqnum", "nodeid"],
        "ontvangen": "startdatetime",
        "beeindigd": "enddatetime",
        "wachttijd": "queuetime",
        "gesprekstijd": "talktime",
        "wachtrij": "csqname",
        "afloop": "contactdisposition",
        "telefoon": "originatordn",
    },
    "waarden": {"afloop": {"1": "afgehaakt", "2": "opgenomen"}},
}
DETAIL = """CREATE TABLE contacts (sessionid BIGINT, sessionseqnum INTEGER, nodeid INTEGER,
startdatetime TIMESTAMP, enddatetime TIMESTAMP, queuetime INTEGER, talktime INTEGER,
csqname VARCHAR(50), contactdisposition INTEGER, originatordn VARCHAR(30))"""


def contact(number: int, begin: datetime, **changed: Any) -> dict[str, Any]:
    """A row like those of UCCX; times in UTC."""
    row = {"sessionid": number, "sessionseqnum": 0, "nodeid": 1, "startdatetime": str(begin)}
    row |= {"enddatetime": str(begin + timedelta(seconds=90)), "queuetime": 30, "talktime": 60}
    row |= {"csqname": "Burgerzaken", "contactdisposition": 2, "originatordn": "0235114001"}
    return row | changed


MORNING = datetime(2026, 11, 18, 8, 0)  # noqa: DTZ001 (as the database has it)


@pytest.fixture
def uccx(database: Database) -> Database:
    database.do(DETAIL)
    database.put("contacts", [contact(n, MORNING + timedelta(minutes=n)) for n in range(1, 121)])
    return database


def test_a_row_becomes_a_call_in_utc_under_its_natural_key(uccx: Database) -> None:
    first = read_all(uccx.source("contacts", **UCCX))[0].calls[0]
    assert (first.key, first.arrived_at) == ("1|0|1", local("2026-11-18 09:01"))
    assert (first.outcome, first.wait_s, first.talk_s) == (Outcome.OPGENOMEN, 30, 60)
    assert (first.left_at, first.ended_at) == (first.arrived_at + 30, first.arrived_at + 90)


def test_what_is_added_or_changed_within_three_hours_is_merged(
    uccx: Database, store: Store
) -> None:
    source = uccx.source("contacts", **UCCX)
    assert ingest(store, source).written == 120
    again = ingest(store, source)
    assert (again.read, again.written) == (0, 0)
    uccx.put("contacts", [contact(900, MORNING + timedelta(minutes=20, seconds=30))])
    uccx.do("UPDATE contacts SET talktime = 70 WHERE sessionid = 5")
    assert ingest(store, source).written == 2
    assert {row["key"]: row["talk_s"] for row in calls(store)}["5|0|1"] == 70


def test_what_is_older_than_the_overlap_is_not_seen(uccx: Database, store: Store) -> None:
    source = uccx.source("contacts", overlap=600, **UCCX)
    ingest(store, source)
    uccx.put("contacts", [contact(901, MORNING + timedelta(minutes=100))])
    assert ingest(store, source).written == 0
    uccx.put("contacts", [contact(902, MORNING + timedelta(minutes=115))])
    assert ingest(store, source).written == 1


def test_a_moment_in_the_future_does_not_carry_the_cursor_away(
    uccx: Database, store: Store
) -> None:
    source = uccx.source("contacts", **UCCX)
    uccx.put("contacts", [contact(903, datetime(2099, 1, 1))])  # noqa: DTZ001
    ingest(store, source)
    uccx.put("contacts", [contact(904, MORNING + timedelta(minutes=121))])
    ingest(store, source)
    assert "904|0|1" in {row["key"] for row in calls(store)}


def test_a_number_that_is_committed_late_is_still_seen(database: Database, store: Store) -> None:
    database.do("CREATE TABLE t (nr INTEGER, begin TIMESTAMP, hoe VARCHAR(9))")
    asked: dict[str, Any] = {
        "oplopend": "nr",
        "wachtrij": "A",
        "kolommen": {"id": "nr", "ontvangen": "begin", "afloop": "hoe"},
    }
    rows_ = [{"nr": n, "begin": str(MORNING), "hoe": "afgehaakt"} for n in (1, 2, 4000, 4002)]
    database.put("t", rows_)
    source = database.source("t", **asked)
    ingest(store, source)
    database.put("t", [rows_[0] | {"nr": 4001}, rows_[0] | {"nr": 2999}])
    ingest(store, source)
    assert {row["key"] for row in calls(store)} == {"1", "2", "4000", "4001", "4002"}


def test_a_large_view_comes_in_parts_and_goes_on_where_it_stopped(
    uccx: Database,
) -> None:
    begin = datetime(2026, 10, 1)  # noqa: DTZ001
    uccx.put("contacts", [contact(n, begin + timedelta(minutes=n)) for n in range(1000, 12_000)])
    source = uccx.source("contacts", **UCCX)
    batches = read_all(source)
    assert [batch.read for batch in batches] == [5000, 5000, 1120, 0]
    for batch in batches:
        cursor = json.loads(json.dumps(batch.cursor))
        assert read_all(source, cursor)[-1].cursor["na"] == batches[-1].cursor["na"]
    assert sum(batch.read for batch in read_all(source, batches[0].cursor)) < 7000


def test_of_the_doubled_hour_a_call_ends_after_it_began(database: Database) -> None:
    database.do(DETAIL)
    row = contact(1, datetime(2026, 10, 25, 2, 59, 30))  # noqa: DTZ001
    database.put("contacts", [row | {"enddatetime": "2026-10-25 02:01:00"}])
    source = database.source("contacts", **UCCX | {"tijdzone": "Europe/Amsterdam"})
    (call,) = read_all(source)[0].calls
    assert call.arrived_at == local("2026-10-25 02:59:30")
    assert call.ended_at == local("2026-10-25 02:01:00", fold=1)


# ── questions ──────────────────────────────────────────────────────────────────────────────


def test_questions_are_mapped_as_in_an_export(database: Database, store: Store) -> None:
    database.do(
        'CREATE TABLE zaken ("Zaak nr" VARCHAR(20), "Start" TIMESTAMP, "Eind" TIMESTAMP, '
        '"Kanaal" VARCHAR(20), "Gewijzigd" TIMESTAMP)',
        "INSERT INTO zaken VALUES ('Z1', '2026-11-02 09:00', NULL, 'Tel.', '2026-11-02 09:00')",
        "INSERT INTO zaken VALUES ('Z2', '2026-11-02 10:00', NULL, 'Balie', '2026-11-02 10:00')",
        "INSERT INTO zaken VALUES ('Z3', NULL, NULL, 'Balie', '2026-11-02 11:00')",
    )
    source = database.source(
        "zaken",
        voedt="vraag",
        kolommen={
            "id": "Zaak nr",
            "ontvangen": "Start",
            "gesloten": "Eind",
            "kanaal": "Kanaal",
            "gewijzigd": "Gewijzigd",
        },
        waarden={"kanaal": {"Tel.": "telefoon"}},
    )
    assert source.feeds == ("vraag",)
    ingest(store, source)
    database.do(
        """UPDATE zaken SET "Eind" = '2026-11-09 12:00', "Gewijzigd" = '2026-11-09 12:00'
        WHERE "Zaak nr" = 'Z1'"""
    )
    ingest(store, source)
    one, two = rows(store, schema.ticket)
    assert (one["key"], one["kanaal"]) == ("Z1", "telefoon")
    assert (one["closed_at"], two["closed_at"]) == (local("2026-11-09 12:00"), None)
    assert reasons(store) == ["ontvangen: is leeg"]


# ── what goes wrong ────────────────────────────────────────────────────────────────────────


def test_a_column_or_view_that_is_gone_is_named_with_the_nearest(uccx: Database) -> None:
    gone = uccx.source("contacts", **UCCX | {"oplopend": "startdatetimes"})
    with pytest.raises(SourceChanged, match=r"'startdatetimes': bedoelde u 'startdatetime'\?"):
        read_all(gone)
    with pytest.raises(SourceChanged, match=r"bestaat niet; bedoelde u 'contacts'\?"):
        read_all(uccx.source("contact", **UCCX))


def test_nothing_can_be_written(uccx: Database) -> None:
    view = uccx.source("contacts", **UCCX).view
    target = sqlalchemy.table("contacts", schema=uccx.schema)
    with pytest.raises((SourceDown, SourceChanged)), view.reading() as connection:
        connection.execute(target.delete())
    assert sum(batch.read for batch in read_all(uccx.source("contacts", **UCCX))) == 120


def test_a_file_that_is_not_there_is_down_and_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "weg.sqlite"
    source = Database(None, f"sqlite:///{file}", None).source("t", **UCCX)  # type: ignore[arg-type]
    with pytest.raises(SourceDown, match="niet bereikbaar"):
        read_all(source)
    assert not file.exists()


def test_a_server_that_is_down_tells_no_secret() -> None:
    down = "postgresql://lezer:geheim-5f0c2b@127.0.0.1:1/niets"
    source = Database(None, down, None).source("t", **UCCX)  # type: ignore[arg-type]
    assert "geheim" not in repr(source)
    with pytest.raises(SourceDown, match=r"^t op 127.0.0.1: de database is niet bereikbaar") as e:
        read_all(source)
    assert "geheim" not in str(e.value)


def test_an_account_without_right_is_told_so(postgres_url: str) -> None:
    owner = create_engine(postgres_url, poolclass=NullPool)
    with owner.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE lezer LOGIN")
        connection.exec_driver_sql("CREATE TABLE dicht (startdatetime TIMESTAMP)")
    try:
        address = owner.url.set(username="lezer").render_as_string(hide_password=False)
        asked = {"wachtrij": "A", "kolommen": {"id": "startdatetime", "ontvangen": "startdatetime"}}
        source = Database(owner, address, None).source("dicht", **asked)
        with pytest.raises(AccessDenied, match="controleer wachtwoord en leesrecht"):
            read_all(source)
    finally:
        with owner.begin() as connection:
            connection.exec_driver_sql("DROP TABLE dicht")
            connection.exec_driver_sql("DROP ROLE lezer")


def test_a_value_that_no_driver_can_read_stops_the_source_with_a_sentence(
    uccx: Database, store: Store
) -> None:
    if uccx.schema is None:
        pytest.skip("SQLite heeft geen oneindige tijd")
    source = uccx.source("contacts", **UCCX)
    ingest(store, source)
    uccx.do("UPDATE contacts SET enddatetime = 'infinity' WHERE sessionid = 100")
    run = ingest(store, source)
    assert "een waarde is niet te lezen; laat de view zulke rijen weg" in run.error
    assert len(calls(store)) == 120


def test_trouble_of_the_source_is_no_trouble_of_the_store(
    uccx: Database, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = uccx.source("contacts", **UCCX)

    def fail(*_: Any) -> Any:
        raise DBAPIError("SELECT geheim", {}, ValueError("rij 0235114001"))

    monkeypatch.setattr("ingest.sql_access.inspect", fail)
    run = ingest(store, source)
    assert run.error.endswith(": de database weigert de vraag (ValueError)")


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"adres": "postgresql://a:geheim@b/c"}, "adres = '***': hoort niet in dit bestand"),
    ({"adres_omgeving": "ONZIN"}, "adres_omgeving: daar staat geen adres als postgresql://"),
    ({"adres_omgeving": "ORACLE"}, "adres_omgeving: het stuurprogramma voor oracle is er niet"),
    ({"adres_omgeving": "LEEG"}, "adres_omgeving = 'LEEG': deze omgevingsvariabele is er niet"),
    ({"voedt": "telefoon"}, "voedt = 'telefoon': kies uit: gesprek, vraag"),
    ({"overlap": -1}, "geef een heel getal van 0 of meer"),
    ({"voedt": "vraag"}, "oplopend: noem de kolom die stijgt"),
    ({"tabel": None}, "tabel: ontbreekt"),
]


@pytest.mark.parametrize(("changed", "said"), MISTAKES, ids=lambda value: str(value)[:30])
def test_a_mistake_says_what_to_do(changed: dict[str, Any], said: str) -> None:
    environment = {
        "GOED": "sqlite:///x",
        "ONZIN": "geheim-zonder-vorm",
        "ORACLE": "oracle://u:geheim@h",
    }
    asked = {
        "adres_omgeving": "GOED",
        "tabel": "t",
        "kolommen": {"id": "a", "ontvangen": "b"},
        **({} if changed.get("voedt") == "vraag" else {"wachtrij": "A"}),
    } | changed
    _, mistakes = build({k: v for k, v in asked.items() if v is not None}, environment)
    assert any(said in mistake for mistake in mistakes), mistakes
    assert "geheim" not in "\n".join(mistakes)


def test_a_value_is_written_as_an_export_would() -> None:
    day = datetime(2026, 11, 18, 9, 5)  # noqa: DTZ001
    known: list[tuple[Any, str]] = [
        (None, ""),
        (True, "1"),
        (day, "2026-11-18 09:05:00"),
        (day.date(), "2026-11-18"),
        (day.time(), "09:05:00"),
        (timedelta(days=1, seconds=1.5), "86401.5"),
        (3.0, "3"),
        (2.5, "2.5"),
        (b"a\0b\xff", "ab\ufffd"),
    ]
    for value, written in known:
        assert as_text(value) == written


VALUE = st.one_of(
    st.none(),
    st.integers(-(2**40), 2**40),
    st.floats(),
    st.text(max_size=15),
    st.binary(max_size=8),
    st.sampled_from(["2026-11-18 09:00:00", "2026-10-25 02:30:00", "opgenomen", "00:01:00"]),
)


@given(st.lists(st.lists(VALUE, min_size=6, max_size=6), max_size=8))
@settings(max_examples=120, deadline=None)
def test_any_value_in_any_column_is_parsed_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, found: list[list[Any]]
) -> None:
    file = tmp_path_factory.mktemp("db") / "x.sqlite"
    clean = [
        [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in r]
        for r in found
    ]
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE t (nr INTEGER PRIMARY KEY, a, b, c, d, e, f)")
        connection.executemany("INSERT INTO t (a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?)", clean)
    names = ("ontvangen", "opgenomen", "beeindigd", "afloop", "wachttijd", "wachtrij")
    columns = {"id": "nr", **dict(zip(names, "abcdef", strict=True))}
    source: Source = Database(None, f"sqlite:///{file}", None).source(  # type: ignore[arg-type]
        "t", kolommen=columns, oplopend="nr"
    )
    batches = read_all(source)
    assert sum(batch.read for batch in batches) == len(found)
    followed = replace(source, order="a")  # type: ignore[type-var]
    try:
        read_all(followed)
    except SourceChanged as reason:
        assert "`oplopend`: geen kolom met getallen of tijden" in str(reason)  # noqa: PT017
