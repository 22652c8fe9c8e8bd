"""Reads where a view of a database is, what it holds and in which order it is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data.settings import DRIVERS
from ingest import ticket_rows
from ingest.call_rows import call_table
from ingest.layout_options import layout
from ingest.options import Options
from ingest.privacy import People, Pseudonyms
from ingest.service_options import secret
from ingest.source import Surroundings
from ingest.sql_access import View
from ingest.sql_rows import Calls, Contents, Questions

FEEDS = ("gesprek", "vraag")


def contents(options: Options, surroundings: Surroundings) -> Contents:
    """Read what the rows are, and which column is what."""
    feeds = options.text("voedt", FEEDS[0])
    if feeds not in FEEDS:
        options.wrong("voedt", f"kies uit: {', '.join(FEEDS)}", feeds)
    if feeds == "vraag":
        known = ticket_rows.COLUMNS, ticket_rows.REQUIRED, ticket_rows.VALUED
        return Questions(layout(options, *known), People(surroundings.key))
    return Calls(call_table(options), Pseudonyms(surroundings.key))


def order(options: Options, held: Contents) -> str:
    """Return the column that rises: the one named, else when a row changed or came."""
    named, columns = options.text("oplopend", ""), held.layout.columns
    if not named and held.feeds == "vraag" and "gewijzigd" not in columns:
        hint = "noem de kolom die stijgt als een vraag wijzigt, hier of als kolommen.gewijzigd"
        options.wrong("oplopend", hint)
    return named or (columns.get("gewijzigd") or columns.get("ontvangen") or ("",))[0]


def overlap(options: Options) -> int | None:
    """Return how far back is read again, in seconds or numbers; None: as far as usual."""
    if not options.has("overlap"):
        return None
    return options.number("overlap", 0)


def view(options: Options, environment: Mapping[str, str]) -> View:
    """Read the address, a secret as it holds a password, and the table or view."""
    schema = options.text("schema", "") or None
    return View(_address(options, environment), options.text("tabel"), schema)


def _address(options: Options, environment: Mapping[str, str]) -> URL:
    written = secret(options, environment, "adres")
    key = "adres_bestand" if options.has("adres_bestand") else "adres_omgeving"
    nothing = URL.create("sqlite", database="niets")
    if not written:
        return nothing
    try:
        address = _with_driver(make_url(written), options.folder)
    except ArgumentError:
        hint = "daar staat geen adres als postgresql://lezer:wachtwoord@server/database"
        options.wrong(key, hint)
        return nothing
    try:
        View(address, "").engine()
    except (ImportError, NoSuchModuleError, ArgumentError, TypeError):
        hint = f"het stuurprogramma voor {address.drivername} is er niet; installeer het in .venv"
        options.wrong(key, hint)
    return address


def _with_driver(address: URL, folder: Path) -> URL:
    """Choose the driver that we have; the file of an SQLite database is relative to the folder."""
    address = address.set(drivername=DRIVERS.get(address.drivername, address.drivername))
    if address.get_backend_name() != "sqlite":
        return address
    if not address.database or address.database == ":memory:":
        raise ArgumentError
    return address.set(database=str(folder / address.database))
