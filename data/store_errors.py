"""Says in Dutch what is wrong with the store, without the rows that were being written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

StoreTrouble = (SQLAlchemyError, sqlite3.Error, psycopg.Error)
"""What the store raises: SQLAlchemy's errors, and the drivers' own from the bulk statements."""

SENTENCES: Mapping[str, str] = {
    "database is locked": "bezet: een ander proces schrijft al te lang; probeer het opnieuw",
    "disk is full": "de schijf is vol; maak ruimte en start opnieuw",
    "no space left": "de schijf is vol; maak ruimte en start opnieuw",
    "unable to open database file": "het bestand kan niet worden gemaakt of geopend",
    "readonly database": "het bestand is alleen te lezen; controleer de rechten",
    "not a database": "het bestand is geen SQLite-database",
    "malformed": "het bestand is beschadigd; zet een reservekopie terug",
    "disk i/o error": "de schijf geeft een lees- of schrijffout",
}


def store_trouble(error: Exception) -> str:
    """Return one sentence."""
    if isinstance(error, PoolTimeout):
        return "opslag: alle verbindingen zijn bezet"
    cause = error.orig if isinstance(error, DBAPIError) else error
    first = str(cause).strip().partition("\n")[0]
    known = next((text for said, text in SENTENCES.items() if said in first.lower()), None)
    if known:
        return f"opslag: {known}"
    if isinstance(cause, psycopg.OperationalError):
        return f"opslag: de database is niet bereikbaar: {first}"
    return f"opslag: de database weigert dit ({type(cause).__name__})"
