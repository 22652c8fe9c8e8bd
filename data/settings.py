"""The settings: secrets and addresses from the environment, the municipality from TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data.agreements import Agreements, read_agreements
from data.calendar import Calendar
from data.departments import Departments, read_departments
from data.history import History, read_history
from data.hours_file import read_calendar
from data.mistakes import ConfigMistakes, Mistake, blocks_of, nearest
from data.norms import GrowthPath, NormSettings, read_norms
from data.report_file import ReportSettings, read_report
from data.termijn import Terms
from data.terms_file import read_terms
from data.thresholds import Thresholds, read_thresholds
from data.topics import Topics, read_topics
from data.walls import Wall, read_walls

REFERENCE = Path(__file__).parent / "reference"
DEFAULT_STORAGE = Path(__file__).parent / "var"
DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
LONGEST_NAME = 100
GEMEENTE_KEYS = ("organisatie", "naam")
FILES = (
    *("gemeente.toml", "openingstijden.toml", "onderwerpen.toml", "afspraken.toml"),
    *("afdelingen.toml", "normen.toml", "feestdagen.toml", "termijnen.toml", "bronnen.toml"),
    *("drempels.toml", "herijkingen.toml", "gebeurtenissen.toml", "wanden.toml"),
    "rapport.toml",
)


@dataclass(frozen=True)
class SourceSettings:
    """One [[bron]] of bronnen.toml; its kind reads the options."""

    naam: str
    soort: str
    options: Mapping[str, Any]
    folder: Path


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that a process needs to know before it starts."""

    organisation: int
    gemeente: str
    database_url: str
    storage: Path
    calendar: Calendar
    topics: Topics
    terms: Terms
    agreements: Agreements
    departments: Departments
    norms: Sequence[NormSettings]
    paths: Sequence[GrowthPath]
    history: History
    thresholds: Thresholds
    sources: Sequence[SourceSettings]
    walls: Sequence[Wall]
    report: ReportSettings


def load(environment: Mapping[str, str]) -> Settings:
    """Read environment and files; raise ConfigMistakes that name every mistake."""
    mistakes: list[Mistake] = []
    settings = read(environment, mistakes)
    if mistakes:
        raise ConfigMistakes(mistakes)
    return settings


def read(environment: Mapping[str, str], mistakes: list[Mistake]) -> Settings:
    """Read environment and files; what is wrong is added to `mistakes` and left out."""
    folder = _folder(environment, mistakes)
    storage = Path(environment.get("REGIEBORD_OPSLAG") or DEFAULT_STORAGE).absolute()
    files = {name: _read(folder, name, mistakes) for name in FILES}
    content = {name: found[0] for name, found in files.items()}
    gemeente = content["gemeente.toml"]
    calendar = read_calendar(content["openingstijden.toml"], mistakes)
    law = (content["termijnen.toml"], content["feestdagen.toml"])
    terms = read_terms(*law, calendar, mistakes)
    rules = tuple(terms.rules)
    norms = read_norms(content["normen.toml"], mistakes)
    past = (content["herijkingen.toml"], content["gebeurtenissen.toml"])
    return Settings(
        organisation=_organisation(gemeente, mistakes),
        gemeente=_gemeente(gemeente, mistakes),
        database_url=_database_url(environment, storage, mistakes),
        storage=storage,
        calendar=calendar,
        topics=read_topics(content["onderwerpen.toml"], rules, mistakes),
        terms=terms,
        agreements=read_agreements(content["afspraken.toml"], rules, mistakes),
        departments=read_departments(content["afdelingen.toml"], mistakes),
        norms=norms.norms,
        paths=norms.paths,
        history=read_history(*past, mistakes),
        thresholds=read_thresholds(content["drempels.toml"], mistakes),
        sources=_sources(content["bronnen.toml"], files["bronnen.toml"][1], mistakes),
        walls=read_walls(content["wanden.toml"], mistakes),
        report=read_report(content["rapport.toml"], mistakes),
    )


def _folder(environment: Mapping[str, str], mistakes: list[Mistake]) -> Path:
    named = environment.get("REGIEBORD_CONFIG")
    if not named:
        return REFERENCE
    folder = Path(named).absolute()
    if not folder.is_dir():
        hint = "deze map bestaat niet; maak hem, of laat de variabele weg"
        mistakes.append(Mistake("omgeving", "REGIEBORD_CONFIG", named, hint))
        return REFERENCE
    for file in sorted(folder.glob("*.toml")):
        if file.name not in FILES:
            hint = f"dit bestand wordt niet gelezen; {nearest(file.name, FILES)}"
            mistakes.append(Mistake(str(file), "bestandsnaam", file.name, hint))
    return folder


def _read(folder: Path, name: str, mistakes: list[Mistake]) -> tuple[dict[str, Any], Path]:
    path = folder / name if (folder / name).exists() else REFERENCE / name
    try:
        return tomllib.loads(path.read_text("utf-8-sig")), path.parent
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(Mistake(str(path), "TOML", None, f"niet te lezen: {error}"))
    except OSError as error:
        mistakes.append(Mistake(str(path), "bestand", None, f"niet te openen: {error.strerror}"))
    return {}, path.parent


def _organisation(gemeente: Mapping[str, Any], mistakes: list[Mistake]) -> int:
    number = gemeente.get("organisatie")
    if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31:
        return number
    hint = "geef een heel getal, bijvoorbeeld de CBS-gemeentecode"
    mistakes.append(Mistake("gemeente.toml", "organisatie", number, hint))
    return 0


def _gemeente(gemeente: Mapping[str, Any], mistakes: list[Mistake]) -> str:
    for key in gemeente.keys() - GEMEENTE_KEYS:
        hint = f"onbekend; {nearest(key, GEMEENTE_KEYS)}"
        mistakes.append(Mistake("gemeente.toml", key, gemeente[key], hint))
    name = gemeente.get("naam", "")
    if isinstance(name, str) and len(name) <= LONGEST_NAME:
        return name
    hint = f"geef een tekst van hoogstens {LONGEST_NAME} tekens"
    mistakes.append(Mistake("gemeente.toml", "naam", name, hint))
    return ""


def _database_url(environment: Mapping[str, str], storage: Path, mistakes: list[Mistake]) -> str:
    """Return the address for the drivers that we have; a mistake never shows its password."""
    given = environment.get("REGIEBORD_DATABASE_URL") or f"sqlite:///{storage / 'regiebord.sqlite'}"
    try:
        url = make_url(given)
        drivername = DRIVERS.get(url.drivername, "")
    except ArgumentError:
        url, drivername = None, ""
    if url is None or not drivername or not url.database or url.database == ":memory:":
        found = url.drivername if url is not None else "onleesbaar"
        hint = "gebruik sqlite:///pad of postgresql+psycopg://gebruiker:wachtwoord@server/naam"
        mistakes.append(Mistake("omgeving", "REGIEBORD_DATABASE_URL", found, hint))
        return given
    return url.set(drivername=drivername).render_as_string(hide_password=False)


def _sources(
    content: Mapping[str, Any], folder: Path, mistakes: list[Mistake]
) -> list[SourceSettings]:
    for key in content.keys() - {"bron"}:
        hint = "onbekend onderdeel; elke bron begint met [[bron]]"
        mistakes.append(Mistake("bronnen.toml", key, None, hint))
    sources: list[SourceSettings] = []
    for number, table in enumerate(blocks_of(content, "bron", "bronnen.toml", mistakes), start=1):
        name = table.get("naam")
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            hint = f"geef elke bron een eigen naam van hoogstens {LONGEST_NAME} tekens"
            mistakes.append(Mistake("bronnen.toml", f"bron {number}: naam", name, hint))
        elif name in {source.naam for source in sources}:
            hint = "deze naam komt twee keer voor; geef elke bron een eigen naam"
            mistakes.append(Mistake("bronnen.toml", f"bron {number}: naam", name, hint))
        options = {key: table[key] for key in table if key not in ("naam", "soort")}
        sources.append(SourceSettings(str(name), str(table.get("soort", "")), options, folder))
    return sources
