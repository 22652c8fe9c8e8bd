"""Any export of cases is read as it is written, and a bad row never costs the others."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import schema
from data.codes import Handler
from data.store import Store
from ingest.csv_rows import Row
from ingest.csv_rows import rows as csv_rows
from ingest.source import SourceChanged, SourceDown
from tests.ingest_cast import (
    COLUMNS,
    NOON,
    ingest,
    read_all,
    reasons,
    rows,
    source_row,
    tickets,
    versions,
)

ZONE = ZoneInfo("Europe/Amsterdam")
HEADER = "id,ontvangen,uiterlijk,gesloten,kanaal,onderwerp,afdeling"
ONE = "Z1,2026-11-02 09:00:00,2026-11-09 17:00:00,2026-11-05 10:00:00,balie,paspoort,Burgerzaken"
TWO = "Z2,2026-11-03 09:00:00,2026-11-10 17:00:00,,web,verhuizing,Burgerzaken"


def at(text: str) -> int:
    """The instant of a local time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "zaken.csv"


def read(store: Store, path: Path, *lines: str, **options: Any) -> list[dict[str, Any]]:
    """Ingest an export of these lines; return the tickets."""
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    ingest(store, tickets(path, **options))
    return rows(store, schema.ticket)


def row(**changed: str) -> str:
    """A row like ONE, with other values."""
    values = dict(zip(HEADER.split(","), ONE.split(","), strict=True))
    text = io.StringIO()
    csv.writer(text).writerow((values | changed).values())
    return text.getvalue().rstrip("\r\n")


# ── what an export may look like ───────────────────────────────────────────────────────────


def test_a_row_becomes_a_ticket(store: Store, path: Path) -> None:
    found, _ = read(store, path, HEADER, ONE, TWO)
    assert found["received_at"] == at("2026-11-02 09:00:00")
    assert found["due_at"] == at("2026-11-09 17:00:00")
    assert found["closed_at"] == at("2026-11-05 10:00:00")
    assert (found["day"], found["term_day"]) == (day("2026-11-02"), day("2026-11-09"))
    assert [found[name] for name in ("key", "kanaal", "onderwerp", "afdeling", "gemeente")] == [
        *("Z1", "balie", "paspoort", "Burgerzaken", "Haarlem")
    ]


FORMS = {
    "utf-8": lambda text: text.encode("utf-8"),
    "byte-order mark": lambda text: text.encode("utf-8-sig"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "pipes": lambda text: text.replace(",", "|").encode(),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac line ends": lambda text: text.replace("\n", "\r").encode(),
    "no last line end": lambda text: text.rstrip("\n").encode(),
    "NUL bytes": lambda text: text.replace("a", "\0a").encode(),
    "empty lines": lambda text: text.replace("\n", "\n\n\n").encode(),
    "trailing separators": lambda text: text.replace("\n", ",,\n").encode(),
    "quotes around all": lambda text: _quoted(text).encode("utf-8-sig"),
    "capitals": lambda text: text.replace(HEADER, HEADER.upper()).encode(),
    "spaces in the header": lambda text: text.replace(HEADER, HEADER.replace(",", " , ")).encode(),
}


def _quoted(text: str) -> str:
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL).writerows(csv.reader(io.StringIO(text)))
    return made.getvalue()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_the_same_export_in_any_form_gives_the_same_tickets(
    tmp_path: Path, form: str, packed: bool
) -> None:
    text = "\n".join([HEADER, row(afdeling="Reïntegratie"), TWO, ""])
    path = tmp_path / ("zaken.csv.gz" if packed else "zaken.csv")
    content = FORMS[form](text)
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    (_, batch, *_) = read_all(tickets(path))
    assert [ticket.afdeling for ticket in batch.tickets] == ["Reïntegratie", "Burgerzaken"]
    assert [ticket.closed_at for ticket in batch.tickets] == [at("2026-11-05 10:00:00"), None]
    assert batch.rejected == []


@pytest.mark.parametrize(
    ("codering", "scheiding"), [("utf-8", ";"), ("cp1252", "\t"), ("latin-1", "|"), ("utf-16", ",")]
)
def test_encoding_and_separator_can_be_given(path: Path, codering: str, scheiding: str) -> None:
    text = "\n".join([HEADER, row(afdeling="Reïntegratie")]).replace(",", scheiding)
    mark = b"\xef\xbb\xbf" if codering == "utf-8" else b""
    path.write_bytes(mark + text.encode(codering))
    (_, batch, *_) = read_all(tickets(path, codering=codering, scheiding=scheiding))
    assert [ticket.afdeling for ticket in batch.tickets] == ["Reïntegratie"]


def test_a_line_break_in_quotes_is_part_of_a_field(store: Store, path: Path) -> None:
    found = read(store, path, HEADER, row(onderwerp="paspoort\nen\r\nrijbewijs"), TWO)
    assert [ticket["key"] for ticket in found] == ["Z1", "Z2"]
    assert found[0]["onderwerp"].split() == ["paspoort", "en", "rijbewijs"]


def test_our_columns_are_found_by_their_names_in_any_order(store: Store, path: Path) -> None:
    theirs = {"id": "Zaaknr", "ontvangen": "Start", "gesloten": "Eind"}
    lines = "eind;ZAAKNR;x;start", "2026-11-05;Z9;?;2026-11-02"
    (found,) = read(store, path, *lines, kolommen=theirs)
    assert (found["key"], found["received_at"]) == ("Z9", at("2026-11-02"))
    assert (found["closed_at"], found["due_at"]) == (at("2026-11-05"), None)
    assert (found["kanaal"], found["onderwerp"]) == ("onbekend", "onbekend")


def test_values_are_put_in_our_words(store: Store, path: Path) -> None:
    kolommen = COLUMNS | {"afgehandeld_door": "team"}
    waarden = {"kanaal": {"balie": "loket"}, "afgehandeld_door": {"K1": "kcc", "": "digitaal"}}
    lines = f"{HEADER},team", f"{ONE},K1", f"{TWO},", f"{row(id='Z3')},iets"
    found = read(store, path, *lines, kolommen=kolommen, waarden=waarden)
    assert [ticket["kanaal"] for ticket in found] == ["loket", "web", "loket"]
    handlers = [Handler.KCC, Handler.DIGITAAL, Handler.ONBEKEND]
    assert [ticket["handler"] for ticket in found] == handlers


# ── times ──────────────────────────────────────────────────────────────────────────────────

TIMES = {
    "2026-11-02 09:05:06": "2026-11-02 09:05:06",
    "2026-11-02T09:05:06": "2026-11-02 09:05:06",
    "2026-11-02 09:05": "2026-11-02 09:05:00",
    "2026-11-02T09:05:06.789": "2026-11-02 09:05:06",
    "2026-11-02 09:05:06.789123": "2026-11-02 09:05:06",
    "2026-11-02T08:05:06Z": "2026-11-02 09:05:06",
    "2026-11-02T08:05:06+00:00": "2026-11-02 09:05:06",
    "2026-11-02T13:35:06+05:30": "2026-11-02 09:05:06",
    "2026-11-02T08:05:06.303+0000": "2026-11-02 09:05:06",
    "2026-11-02": "2026-11-02 00:00:00",
    "02-11-2026 09:05:06": "2026-11-02 09:05:06",
    "2-11-2026 9:05": "2026-11-02 09:05:00",
    "02-11-2026": "2026-11-02 00:00:00",
    " 02-11-2026 09:05 ": "2026-11-02 09:05:00",
    "2026-07-01 12:00": "2026-07-01 12:00:00",
}


@pytest.mark.parametrize(("written", "meant"), TIMES.items())
def test_a_time_is_read_as_the_export_writes_it(path: Path, written: str, meant: str) -> None:
    path.write_text("\n".join([HEADER, row(ontvangen=written)]))
    (_, batch, *_) = read_all(tickets(path))
    assert [ticket.received_at for ticket in batch.tickets] == [at(meant)]


def test_another_form_can_be_given(path: Path) -> None:
    form = row(ontvangen="11/02/26 9.05", uiterlijk="", gesloten="")
    path.write_text("\n".join([HEADER, form]))
    (_, batch, *_) = read_all(tickets(path, datumvorm="%m/%d/%y %H.%M"))
    assert [ticket.received_at for ticket in batch.tickets] == [at("2026-11-02 09:05")]


def test_another_zone_can_be_given(path: Path) -> None:
    path.write_text("\n".join([HEADER, row(ontvangen="2026-11-02 03:05")]))
    (_, batch, *_) = read_all(tickets(path, tijdzone="America/New_York"))
    assert batch.tickets[0].received_at == at("2026-11-02 09:05")


NO_TIMES = {
    "morgen": "geen tijd: 'aaaaaa'",
    "32-01-2026": "geen tijd: '99-99-9999'",
    "2026-02-30": "geen tijd: '9999-99-99'",
    "11/02/2026": "geen tijd: '99/99/9999'",
    "2026-11-02 25:00": "geen tijd",
    "Jan Jansen 0612345678": "geen tijd: 'aaa aaaaaa 9999999999'",
    "2026-03-29 02:30:00": "deze tijd bestaat niet in Europe/Amsterdam: 2026-03-29 02:30:00",
    "0001-01-01 00:00:00": "het jaar 1 kan niet",
    "9999-12-31": "het jaar 9999 kan niet",
    "9999-12-31T23:59:59Z": "het jaar 9999 kan niet",
}


@pytest.mark.parametrize(("written", "reason"), NO_TIMES.items())
@pytest.mark.parametrize("column", ["ontvangen", "uiterlijk", "gesloten"])
def test_a_row_with_an_impossible_time_is_set_aside_with_column_and_reason(
    store: Store, path: Path, written: str, reason: str, column: str
) -> None:
    found = read(store, path, HEADER, TWO, row(**{column: written}), row(id="Z4"))
    assert [ticket["key"] for ticket in found] == ["Z2", "Z4"]
    (rejected,) = rows(store, schema.rejected)
    assert rejected["reason"].startswith(f"{column}: {reason}")
    assert rejected["place"] == "zaken.csv regel 3"


def test_of_the_doubled_hour_the_first_is_taken(path: Path) -> None:
    path.write_text("\n".join([HEADER, row(ontvangen="2026-10-25 02:30:00")]))
    (_, batch, *_) = read_all(tickets(path))
    assert batch.tickets[0].received_at == at("2026-10-25 01:30:00") + 3600


def test_a_deadline_on_a_date_is_the_end_of_that_day(path: Path) -> None:
    lines = [row(uiterlijk="2026-11-09"), row(uiterlijk="2026-03-29"), row(uiterlijk="2026-10-25")]
    path.write_text("\n".join([HEADER, *lines]))
    (_, batch, *_) = read_all(tickets(path))
    ends = ["2026-11-10", "2026-03-30", "2026-10-26"]
    assert [ticket.due_at for ticket in batch.tickets] == [at(end) - 1 for end in ends]


@pytest.mark.parametrize("form", ["", "%Y-%m-%d %H:%M:%S.%f"])
def test_a_part_of_a_second_after_the_deadline_is_after_it(path: Path, form: str) -> None:
    due = "2026-11-09 17:00:00.000"
    lines = [
        row(ontvangen="2026-11-02 09:00:00.900", uiterlijk=due, gesloten=f"2026-11-09 {closed}")
        for closed in ("16:59:59.999", "17:00:00.000", "17:00:00.020")
    ]
    path.write_text("\n".join([HEADER, *lines]))
    (_, batch, *_) = read_all(tickets(path, datumvorm=form))
    assert [ticket.closed_at <= ticket.due_at for ticket in batch.tickets] == [True, True, False]
    assert {ticket.received_at for ticket in batch.tickets} == {at("2026-11-02 09:00:00")}


def test_closed_on_the_date_of_receipt_is_not_before_the_receipt(path: Path) -> None:
    form = "%Y%m%d%H%M"
    lines = [row(gesloten="2026-11-02"), row(gesloten="2026-11-01"), row(gesloten="")]
    path.write_text("\n".join([HEADER, *lines]))
    (_, batch, *_) = read_all(tickets(path))
    closed = [ticket.closed_at for ticket in batch.tickets]
    assert closed == [at("2026-11-02 09:00:00"), at("2026-11-01"), None]
    # a time without a colon is a time all the same
    path.write_text("\n".join([HEADER, "Z1,202611020900,,202611020859,,,"]))
    (_, batch, *_) = read_all(tickets(path, datumvorm=form))
    assert batch.tickets[0].closed_at == at("2026-11-02 08:59:00")


def test_a_ticket_that_was_closed_before_it_was_received_is_kept_as_it_is(
    store: Store, path: Path
) -> None:
    (found,) = read(store, path, HEADER, row(gesloten="2026-11-01 08:00:00"))
    assert found["closed_at"] == at("2026-11-01 08:00:00") < found["received_at"]
    assert reasons(store) == []


# ── rows that do not fit ───────────────────────────────────────────────────────────────────

BAD_ROWS = {
    "Z9,2026-11-02": "2 velden in plaats van 7",
    f"{ONE},nog,twee": "9 velden in plaats van 7",
    row(id=""): "id: is leeg",
    row(ontvangen=""): "ontvangen: is leeg",
    row(id="x" * 201): "id: langer dan 200 tekens",
    row(kanaal="x" * 101): "kanaal: langer dan 100 tekens",
    row(onderwerp="x" * 201): "onderwerp: langer dan 200 tekens",
    'Z9,2026-11-02 09:00:00,,,"balie,paspoort,x': "een aanhalingsteken zonder einde",
    '"Z9,2026-11-02 09:00:00,,,balie,paspoort,x': "een aanhalingsteken zonder einde",
    'Z9,2026-11-02 09:00:00,,,balie,paspoort,"x': "een aanhalingsteken zonder einde",
    'Z9,"2026-11-02 09:00:00,,,"balie,"paspoort,x': "een aanhalingsteken zonder einde",
}


@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS.items(), ids=range(len(BAD_ROWS)))
@pytest.mark.parametrize("after", [0, 1, 2, 3000])
def test_of_a_bad_row_only_that_row_is_lost(
    store: Store, path: Path, bad: str, reason: str, after: int
) -> None:
    others = [row(id=f"A{number}", kanaal="x,y") for number in range(after)]
    found = read(store, path, HEADER, TWO, bad, *others)
    assert len(found) == 1 + after
    (rejected,) = rows(store, schema.rejected)
    assert rejected["reason"] == reason
    assert rejected["place"] == "zaken.csv regel 3"


def test_two_quotes_without_an_end_do_not_swallow_the_rows_between(
    store: Store, path: Path
) -> None:
    bad = 'Z{},2026-11-02 09:00:00,,,"balie,paspoort,x'
    lines = [bad.format(7), row(id="A1"), bad.format(8), row(id="A2"), row(id="A3")]
    found = read(store, path, HEADER, *lines)
    assert [ticket["key"] for ticket in found] == ["A1", "A2", "A3"]
    assert reasons(store) == ["een aanhalingsteken zonder einde"] * 2


def test_a_stray_quote_inside_a_field_is_a_letter(store: Store, path: Path) -> None:
    lines = [
        'Z5,2026-11-02 09:00:00,,,balie,scherm 24" breed,x',
        'Z6,2026-11-02 09:00:00,,,balie,"de "grote" zaal",x',
    ]
    found = read(store, path, HEADER, *lines, TWO)
    assert [ticket["key"] for ticket in found] == ["Z2", "Z5", "Z6"]
    assert found[1]["onderwerp"] == 'scherm 24" breed'
    assert reasons(store) == []


def test_a_field_of_a_megabyte_costs_its_own_row_only(store: Store, path: Path) -> None:
    huge = row(onderwerp="x" * 1_000_000)
    found = read(store, path, HEADER, huge, row(id="A1", onderwerp="y" * 100), TWO)
    assert [ticket["key"] for ticket in found] == ["A1", "Z2"]
    assert len(reasons(store)) == 1


FIELD = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=("Cs",)), max_size=9)


@given(
    good=st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=12),
    bad_at=st.integers(0, 12),
    delimiter=st.sampled_from(",;\t"),
)
@settings(max_examples=150)
def test_any_rows_with_one_open_quote_between_them_are_read(
    good: list[tuple[str, str, str]],
    bad_at: int,
    delimiter: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    written = []
    for fields in good:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerow(fields)
        written.append(text.getvalue())
    written.insert(bad_at, f'x{delimiter}"y{delimiter}z\r\n')
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    path.write_text("".join([f"a{delimiter}b{delimiter}c\r\n", *written]), newline="")
    _, *found = csv_rows(path, delimiter, "utf-8")
    assert [tuple(row.fields) for row in found if not row.problem] == [
        fields for fields in good if any(fields)
    ]
    assert [row.problem for row in found if row.problem] == ["een aanhalingsteken zonder einde"]


def test_each_row_knows_the_line_it_begins_on(path: Path) -> None:
    path.write_text('a,b\n1,"x\ny"\n\n"2,z\n3,w\n')
    assert list(csv_rows(path, ",", "utf-8")) == [
        Row(1, ["a", "b"]),
        Row(2, ["1", "x\ny"]),
        Row(5, [], "een aanhalingsteken zonder einde"),
        Row(6, ["3", "w"]),
    ]


# ── columns ────────────────────────────────────────────────────────────────────────────────


def test_a_missing_column_stops_the_source_and_names_the_nearest(store: Store, path: Path) -> None:
    read(store, path, HEADER, ONE)
    before = source_row(store)
    path.write_text("\n".join([HEADER.replace("ontvangen", "ontvangst"), TWO]))
    run = ingest(store, tickets(path), NOON + 60)
    assert "kolom ontbreekt: 'ontvangen': bedoelde u 'ontvangst'?" in run.error
    assert "zaken.csv" in run.error
    after = source_row(store)
    assert (after["error"], after["error_since"]) == (run.error, NOON + 60)
    assert (after["cursor"], after["checked_at"]) == (before["cursor"], before["checked_at"])
    assert [ticket["key"] for ticket in rows(store, schema.ticket)] == ["Z1"]


def test_every_missing_column_is_named(path: Path) -> None:
    path.write_text("nummer,kanaal\nZ1,balie\n")
    with pytest.raises(SourceChanged) as caught:
        read_all(tickets(path))
    for column in set(COLUMNS) - {"kanaal"}:
        assert repr(column) in str(caught.value)


def test_an_export_goes_on_when_its_column_is_back(store: Store, path: Path) -> None:
    read(store, path, "nummer\nZ1")
    assert source_row(store)["error"]
    assert len(read(store, path, HEADER, ONE)) == 1
    assert source_row(store)["error"] == ""


# ── files ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_a_source_that_is_down_for_now(path: Path, content: bytes) -> None:
    packed = content.startswith(b"\x1f")
    path = path.with_name("zaken.csv.gz") if packed else path
    path.write_bytes(content)
    with pytest.raises(SourceDown, match="is leeg"):
        read_all(tickets(path))


def test_an_export_without_rows_is_an_export(store: Store, path: Path) -> None:
    assert read(store, path, HEADER) == []
    assert source_row(store)["checked_at"] == NOON


def test_an_export_that_does_not_exist_is_down(path: Path) -> None:
    with pytest.raises(SourceDown, match="geen bestand gevonden"):
        read_all(tickets(path))


def test_a_gzip_that_is_half_written_is_down_and_read_when_it_is_whole(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "zaken.csv.gz"
    lines = [HEADER, *(row(id=f"A{number}") for number in range(20_000))]
    packed = gzip.compress("\n".join(lines).encode())
    path.write_bytes(packed[: len(packed) // 2])
    for now in (NOON, NOON + 60):
        assert "is geen heel gzip-bestand" in ingest(store, tickets(path), now).error
        assert source_row(store)["error_since"] == NOON
    path.write_bytes(packed)
    assert ingest(store, tickets(path)).error == ""
    assert len(rows(store, schema.ticket)) == 20_000


def test_a_pattern_names_several_files_and_only_changed_ones_are_read_again(
    store: Store, tmp_path: Path
) -> None:
    for month, line in (("10", ONE), ("11", TWO)):
        (tmp_path / f"zaken-{month}.csv").write_text(f"{HEADER}\n{line}\n")
    (tmp_path / "zaken-map.csv").mkdir()
    source = tickets(tmp_path / "zaken-*.csv")
    assert ingest(store, source).read == 2
    assert ingest(store, source).read == 0
    (tmp_path / "zaken-11.csv").write_text(f"{HEADER}\n{TWO}\n{row(id='Z3')}\n")
    run = ingest(store, source)
    assert (run.read, run.written) == (2, 1)
    (tmp_path / "zaken-12.csv").write_text(f"{HEADER}\n{row(id='Z4')}\n")
    assert ingest(store, source).read == 1
    assert len(rows(store, schema.ticket)) == 4


def test_one_file_that_is_empty_does_not_keep_the_others_out(store: Store, tmp_path: Path) -> None:
    (tmp_path / "zaken-1.csv").write_text("")
    (tmp_path / "zaken-2.csv").write_text(f"{HEADER}\n{ONE}\n")
    source = tickets(tmp_path / "zaken-*.csv")
    run = ingest(store, source)
    assert "zaken-1.csv: is leeg" in run.error
    assert (run.read, run.written) == (1, 1)
    assert ingest(store, source).read == 0


def test_a_file_name_with_brackets_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "zaken [1].csv"
    path.write_text(f"{HEADER}\n{ONE}\n")
    assert len(read_all(tickets(path))[1].tickets) == 1


def test_a_file_that_is_replaced_while_it_is_read_is_read_again(store: Store, path: Path) -> None:
    path.write_text("\n".join([HEADER, *(row(id=f"A{n:05}") for n in range(12_000))]))
    reading = tickets(path).batches({}, NOON)
    assert next(reading).tickets == ()
    assert len(next(reading).tickets) == 5_000
    newer = path.with_name("nieuw")
    newer.write_text(f"{HEADER}\n{ONE}\n")
    newer.replace(path)
    batches = list(reading)
    assert sum(len(batch.tickets) for batch in batches) == 7_000  # the old file, to its end
    assert batches[-1].cursor == {}  # but the new one is not taken for read
    ingest(store, tickets(path))
    assert [ticket["key"] for ticket in rows(store, schema.ticket)] == ["Z1"]


def test_an_export_that_is_read_while_it_is_written_loses_nothing(store: Store, path: Path) -> None:
    lines = [HEADER, *(row(id=f"A{number}") for number in range(50))]
    content = "\n".join(lines)
    for length in range(0, len(content), 997):
        path.write_text(content[:length])
        ingest(store, tickets(path))
    path.write_text(content)
    ingest(store, tickets(path))
    assert len(rows(store, schema.ticket)) == 50
    assert reasons(store) == []


# ── exports that come again ────────────────────────────────────────────────────────────────


def test_of_a_new_export_only_what_changed_is_written_and_only_its_days_are_touched(
    store: Store, path: Path
) -> None:
    lines = [row(id=f"A{n}", ontvangen=f"2026-11-{n:02} 09:00:00") for n in range(2, 20)]
    read(store, path, HEADER, *lines)
    before = versions(store)
    closed = lines[:]
    closed[4] = row(id="A6", ontvangen="2026-11-06 09:00:00", gesloten="2026-11-18 09:00:00")
    path.write_text("\n".join([HEADER, *closed]))
    run = ingest(store, tickets(path))
    assert (run.read, run.written) == (18, 1)
    touched = {place for place, version in versions(store).items() if before.get(place) != version}
    assert touched == {
        ("vraag", day("2026-11-06")),
        ("termijn", day("2026-11-09")),
        ("antwoord", day("2026-11-05")),
        ("antwoord", day("2026-11-18")),
    }
    path.touch()
    assert ingest(store, tickets(path)).written == 0


def test_a_deadline_that_moves_touches_the_day_it_leaves_and_the_day_it_reaches(
    store: Store, path: Path
) -> None:
    read(store, path, HEADER, ONE, TWO)
    before = versions(store)
    read(store, path, HEADER, row(uiterlijk="2026-12-24 17:00:00"), TWO)
    touched = {place for place, version in versions(store).items() if before.get(place) != version}
    assert touched == {
        ("vraag", day("2026-11-02")),
        ("termijn", day("2026-11-09")),
        ("termijn", day("2026-12-24")),
        ("antwoord", day("2026-11-05")),
    }


def test_of_one_id_the_newest_change_wins_in_any_order(store: Store, path: Path) -> None:
    kolommen = COLUMNS | {"gewijzigd": "gewijzigd"}
    old = f"{row(kanaal='oud')},2026-11-03 10:00:00"
    new = f"{row(kanaal='nieuw')},2026-11-04 10:00:00"
    for lines in ([old, new], [new, old], [old]):
        (found,) = read(store, path, f"{HEADER},gewijzigd", *lines, kolommen=kolommen)
        assert found["kanaal"] == "nieuw"


def test_of_one_id_without_a_time_of_change_the_last_row_wins(store: Store, path: Path) -> None:
    lines = [row(kanaal="eerst"), TWO, row(kanaal="laatst")]
    found, _ = read(store, path, HEADER, *lines)
    assert found["kanaal"] == "laatst"
    path.touch()
    assert ingest(store, tickets(path)).written == 0


def test_a_row_that_was_set_aside_is_no_longer_when_it_is_good(store: Store, path: Path) -> None:
    read(store, path, HEADER, row(ontvangen="ooit"), TWO)
    assert len(reasons(store)) == 1
    read(store, path, HEADER, ONE, TWO, "kort")
    (rejected,) = rows(store, schema.rejected)
    assert rejected["place"] == "zaken.csv regel 4"
    read(store, path, HEADER)
    assert reasons(store) == []


# ── privacy ────────────────────────────────────────────────────────────────────────────────


def test_numbers_and_addresses_in_a_text_do_not_reach_the_store(store: Store, path: Path) -> None:
    found = read(
        store,
        path,
        HEADER,
        row(onderwerp="bel 06 1234 5678 of mail jan@voorbeeld.nl"),
        row(id="Z8", afdeling="a@b.nl", kanaal="+31201234567"),
        row(id="Z9", ontvangen="jan@voorbeeld.nl 0612345678"),
    )
    told = str(found) + str(rows(store, schema.rejected))
    for secret in ("5678", "voorbeeld", "a@b", "1234567"):
        assert secret not in told
    assert found[0]["onderwerp"] == "bel *** of mail ***"
