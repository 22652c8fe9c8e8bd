"""Reads from the options of a source how its table is laid out; what is wrong is noted."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from data.mistakes import nearest
from ingest.layout import Layout
from ingest.options import Options

SOME_MOMENT = datetime(2026, 1, 31, 9, 5, tzinfo=UTC)


def layout(
    options: Options, known: Sequence[str], required: Sequence[str], valued: Sequence[str]
) -> Layout:
    """Return the layout: of the columns that we know, and the values of those that are words."""
    return Layout(
        columns=_columns(options, known, required),
        values=values(options, valued),
        zone=options.zone("tijdzone", "Europe/Amsterdam"),
        form=_form(options),
        only=_only(options),
    )


def values(options: Options, names: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """Return what [bron.waarden.<name>] says: our name -> their value -> ours."""
    found: dict[str, Mapping[str, str]] = {}
    for name, table in options.table("waarden").items():
        if name not in names or not isinstance(table, Mapping):
            hint = f"geef een blok [bron.waarden.{names[0]}]; {nearest(name, names)}"
            options.wrong(f"waarden.{name}", hint, table)
        else:
            found[name] = {str(theirs): str(ours) for theirs, ours in table.items()}
    return found


def delimiter(options: Options) -> str:
    """Return the sign between fields; empty: to be found out."""
    written = options.text("scheiding", "")
    if len(written) > 1:
        options.wrong("scheiding", 'geef een enkel teken; een tab is "\\t"', written)
    return written[:1]


def encoding(options: Options) -> str:
    """Return the encoding of a file; empty: to be found out."""
    written = options.text("codering", "")
    try:
        name = codecs.lookup(written).name if written else ""
    except LookupError:
        options.wrong("codering", "onbekend; laat weg, of geef utf-8 of cp1252", written)
        return ""
    return "utf-8-sig" if name == "utf-8" else name


def _form(options: Options) -> str | None:
    written = options.text("datumvorm", "")
    try:
        datetime.strptime(SOME_MOMENT.strftime(written), written)  # noqa: DTZ007 (a trial)
    except ValueError:
        options.wrong("datumvorm", "geen geldige vorm; bijvoorbeeld %d/%m/%Y %H:%M", written)
        return None
    return written or None


def _columns(
    options: Options, known: Sequence[str], required: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return our column -> theirs; an `id` may be a list, as a key may be in several columns."""
    given = options.table("kolommen")
    for ours in given.keys() - set(known):
        options.wrong(f"kolommen.{ours}", f"onbekend; {nearest(ours, known)}", given[ours])
    for ours in required:
        if ours not in given:
            options.wrong(f"kolommen.{ours}", "ontbreekt; noem de kolom van de export")
    for ours, theirs in given.items():
        if isinstance(theirs, list) and (ours != "id" or not theirs):
            options.wrong(f"kolommen.{ours}", "noem een kolom; alleen `id` mag er meer zijn")
    return {ours: _names(theirs) for ours, theirs in given.items() if ours in known}


def _names(theirs: object) -> tuple[str, ...]:
    return tuple(map(str, theirs)) if isinstance(theirs, list) else (str(theirs),)


def _only(options: Options) -> dict[str, frozenset[str]]:
    found = {}
    for theirs, wanted in options.table("alleen").items():
        if not isinstance(wanted, list) or not wanted:
            hint = "geef een lijst van de waarden die meetellen, zoals ['Inbound']"
            options.wrong(f"alleen.{theirs}", hint, wanted)
        else:
            found[theirs] = frozenset(map(str, wanted))
    return found
