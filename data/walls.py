"""Reads wanden.toml: which walls there are, what each shows, to whom, and when it calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from data.fields import Fields
from data.mistakes import Mistake, blocks_of

Part = TypeVar("Part")
FILE = "wanden.toml"
MOST_WALLS = 24
MOST_LISTED = 50
TILES, MOST_MONTH = 3, 2
STAFFING = "bezetting"
QUEUES = "wachtrijen"
LISTS = (QUEUES, "terugbelverzoeken")
THEMES = ("donker", "licht")
NIGHTS = ("dim", "klok", "aan")
LEVELS = ("let_op", "actie")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Limit:
    """Beyond which value a measure asks for attention or action; None is never."""

    let_op: float | None = None
    actie: float | None = None


@dataclass(frozen=True, kw_only=True)
class Damping:
    """How slowly states come and go, in seconds, and on how little they are not judged.

    `speling` is the part of a limit, and `punten` the share, by which a value must be better
    before a state goes.
    """

    let_op_na: float = 60
    actie_na: float = 30
    herstel_na: float = 120
    speling: float = 0.10
    punten: float = 0.02
    minstens: int = 20
    na_opening: float = 900
    per_uur: int = 6


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What hangs there: its diagonal, from how far it is read, what it does when it is closed."""

    inch: int = 55
    afstand_m: float = 5.0
    thema: str = "donker"
    nacht: str = "dim"


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """What the staffing that is needed is reckoned with: seconds to answer, work after a call."""

    antwoordtijd: int = 30
    nawerk: int = 0


LIMITS = {
    "langst_wachtende": Limit(180, 300),
    "wachtenden": Limit(3),
    "per_medewerker": Limit(2),
    "te_laat": Limit(5),
    STAFFING: Limit(0),
}
"""Limits of measures that have no norm: seconds, callers, callers per employee, questions."""


@dataclass(frozen=True, kw_only=True)
class Wall:
    """One wall. Queues narrow what is told of calls, departments and municipalities everything."""

    naam: str = "kcc"
    titel: str = ""
    tegels: tuple[str, ...] = ("wachtenden", "langst_wachtende", "wachttijd")
    dag: str = "bereikbaarheid"
    lijst: str = QUEUES
    maand: tuple[str, ...] = ("digitaal_of_kcc", "binnen_termijn")
    wachtrijen: frozenset[str] = frozenset()
    afdelingen: frozenset[str] = frozenset()
    gemeenten: frozenset[str] = frozenset()
    screen: Screen = Screen()
    damping: Damping = Damping()
    staffing: Staffing = Staffing()
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)

    @property
    def is_narrowed(self) -> bool:
        """Whether it shows a part of the contact centre."""
        return bool(self.wachtrijen or self.afdelingen or self.gemeenten)


def read_walls(content: Mapping[str, Any], mistakes: list[Mistake]) -> tuple[Wall, ...]:
    """Build the walls; what is wrong is added to `mistakes` and left out."""
    Fields(content, FILE, "", mistakes).rest(("wand",))
    walls: list[Wall] = []
    for table in blocks_of(content, "wand", FILE, mistakes):
        fields = Fields(table, FILE, f"wand[{table.get('naam', '')}]", mistakes)
        wall = _wall(fields)
        if wall.naam in {other.naam for other in walls}:
            fields.wrong("naam", "deze naam komt twee keer voor; geef elke wand een eigen naam")
        walls.append(wall)
    if not 0 < len(walls) <= MOST_WALLS:
        hint = f"geef 1 tot {MOST_WALLS} wanden, elk met [[wand]]"
        mistakes.append(Mistake(FILE, "wand", len(walls), hint))
    return tuple(walls)


def _wall(fields: Fields) -> Wall:
    wall = Wall(
        naam=_name(fields),
        titel=fields.text("titel", ""),
        tegels=_several(fields, "tegels", Wall.tegels, TILES, TILES),
        dag=fields.text("dag", Wall.dag),
        lijst=fields.word("lijst", LISTS, Wall.lijst),
        maand=_several(fields, "maand", Wall.maand, 0, MOST_MONTH),
        wachtrijen=frozenset(_several(fields, "wachtrijen", (), 0, MOST_LISTED)),
        afdelingen=frozenset(_several(fields, "afdelingen", (), 0, MOST_LISTED)),
        gemeenten=frozenset(_several(fields, "gemeenten", (), 0, MOST_LISTED)),
        screen=_inner(fields, "scherm", Screen(), _screen),
        damping=_inner(fields, "demping", Damping(), _damping),
        staffing=_inner(fields, STAFFING, Staffing(), _staffing),
        limits=_inner(fields, "grenzen", LIMITS, _limits),
    )
    if wall.is_narrowed and STAFFING in wall.tegels:
        fields.wrong("tegels", f"{STAFFING} is een totaal en kan niet op een wand met een selectie")
    fields.rest()
    return wall


def _name(fields: Fields) -> str:
    name = fields.text("naam")
    if name and not _NAME.fullmatch(name):
        fields.wrong("naam", "gebruik kleine letters, cijfers en streepjes: het is een adres")
    return name


def _several(
    fields: Fields, key: str, default: tuple[str, ...], least: int, most: int
) -> tuple[str, ...]:
    if not fields.has(key):
        return default
    words = tuple(fields.texts(key))
    if not least <= len(words) <= most or len(set(words)) < len(words):
        amount = str(least) if least == most else f"{least} tot {most}"
        fields.wrong(key, f"noem er {amount}, elk één keer")
        return default
    return words


def _inner(fields: Fields, key: str, default: Part, read: Callable[[Fields], Part]) -> Part:
    """Read a table of the wall that may be left out."""
    inside = fields.inner(key)
    if inside is None:
        return default
    part = read(inside)
    inside.rest()
    return part


def _screen(fields: Fields) -> Screen:
    return Screen(
        inch=fields.number("inch", Screen.inch, 10, 120),
        afstand_m=fields.between("afstand", Screen.afstand_m, 0.5, 30),
        thema=fields.word("thema", THEMES, Screen.thema),
        nacht=fields.word("nacht", NIGHTS, Screen.nacht),
    )


def _damping(fields: Fields) -> Damping:
    return Damping(
        let_op_na=fields.between("let_op_na", Damping.let_op_na, 0, 3600),
        actie_na=fields.between("actie_na", Damping.actie_na, 0, 3600),
        herstel_na=fields.between("herstel_na", Damping.herstel_na, 0, 3600),
        speling=fields.between("speling", Damping.speling, 0, 0.9),
        punten=fields.between("punten", Damping.punten, 0, 0.5),
        minstens=fields.number("minstens", Damping.minstens, 0, 10_000),
        na_opening=fields.between("na_opening", Damping.na_opening, 0, 4 * 3600),
        per_uur=fields.number("per_uur", Damping.per_uur, 1, 1000),
    )


def _staffing(fields: Fields) -> Staffing:
    return Staffing(
        antwoordtijd=fields.number("antwoordtijd", Staffing.antwoordtijd, 1, 3600),
        nawerk=fields.number("nawerk", Staffing.nawerk, 0, 3600),
    )


def _limits(fields: Fields) -> Mapping[str, Limit]:
    return {key: _inner(fields, key, limit, _limit) for key, limit in LIMITS.items()}


def _limit(fields: Fields) -> Limit:
    limit = Limit(
        *(fields.between(key, None, 0, 1e6) if fields.has(key) else None for key in LEVELS)
    )
    if limit.let_op is not None and limit.actie is not None and limit.actie < limit.let_op:
        fields.wrong("actie", "de grens voor actie ligt onder die voor let op; draai ze om")
    return limit
