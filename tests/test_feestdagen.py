"""The holidays of the Atw: a snapshot with the statute beside each, and the file they come from."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.easter import easter as dateutil_easter

from data.holidays import Holidays, easter
from data.holidays_file import read_holidays
from data.mistakes import Mistake
from data.settings import REFERENCE, load
from tests.atw_oracle import feestdagen, paasdag, vrij

HOLIDAYS = load({}).terms.holidays

LID_1, LID_2, LID_3 = "Atw art. 3 lid 1", "Atw art. 3 lid 2", "Atw art. 3 lid 3"
SNAPSHOT = [
    # wo 2014-01-01 ...       the day                 the statute
    ("wo 2025-01-01", "Nieuwjaarsdag", LID_1),
    ("vr 2025-04-18", "Goede Vrijdag", LID_2),
    ("ma 2025-04-21", "Tweede Paasdag", LID_1),
    ("za 2025-04-26", "Koningsdag", LID_1),  # the 27th is a Sunday
    ("ma 2025-05-05", "Bevrijdingsdag", LID_1),
    ("do 2025-05-29", "Hemelvaartsdag", LID_1),
    ("vr 2025-05-30", "gelijkgestelde dag", LID_3),
    ("ma 2025-06-09", "Tweede Pinksterdag", LID_1),
    ("do 2025-12-25", "Eerste Kerstdag", LID_1),
    ("vr 2025-12-26", "Tweede Kerstdag", LID_1),
    ("do 2026-01-01", "Nieuwjaarsdag", LID_1),
    ("vr 2026-01-02", "gelijkgestelde dag", LID_3),
    ("vr 2026-04-03", "Goede Vrijdag", LID_2),
    ("ma 2026-04-06", "Tweede Paasdag", LID_1),
    ("ma 2026-04-27", "Koningsdag", LID_1),
    ("di 2026-05-05", "Bevrijdingsdag", LID_1),  # every year, not only 2025 and 2030
    ("do 2026-05-14", "Hemelvaartsdag", LID_1),
    ("vr 2026-05-15", "gelijkgestelde dag", LID_3),
    ("ma 2026-05-25", "Tweede Pinksterdag", LID_1),
    ("vr 2026-12-25", "Eerste Kerstdag", LID_1),
    ("za 2026-12-26", "Tweede Kerstdag", LID_1),
]
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def kept(*years: int) -> list[tuple[str, str]]:
    """What is kept in these years, each with its weekday."""
    days = (date(year, 1, 1) + timedelta(n) for year in years for n in range(366))
    return [
        (f"{WEEKDAYS[day.weekday()]} {day}", name)
        for day in days
        if day.year in years
        for name in HOLIDAYS.names(day.toordinal())
    ]


def test_the_days_of_2025_and_2026_are_those_of_the_statute() -> None:
    assert sorted(set(kept(2025, 2026)), key=lambda found: found[0][3:]) == [
        (day, name) for day, name, _ in SNAPSHOT
    ]


def test_each_day_names_its_statute() -> None:
    sources = {holiday.name: holiday.source for holiday in HOLIDAYS.yearly}
    for _, name, statute in SNAPSHOT:
        if name in sources:
            assert statute in sources[name]
    assert all(LID_3 in decree.source for decree in HOLIDAYS.decrees)


def test_every_day_of_2000_to_2099_is_free_or_not_as_a_second_reading_says() -> None:
    day, after = date(2000, 1, 1), date(2100, 1, 1)
    while day < after:
        assert HOLIDAYS.is_free(day.toordinal()) == vrij(day), day
        day += timedelta(1)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2013-04-30", "Koninginnedag"),
        ("2006-04-29", "Koninginnedag"),  # the 30th was a Sunday
        ("2014-04-26", "Koningsdag"),  # the 27th was a Sunday
        ("2015-04-27", "Koningsdag"),
        ("2031-04-26", "Koningsdag"),
    ],
)
def test_the_kings_birthday_is_kept_on_a_day_that_is_no_sunday(day: str, name: str) -> None:
    assert HOLIDAYS.names(date.fromisoformat(day).toordinal()) == (name,)
    around = date.fromisoformat(day).toordinal()
    assert [HOLIDAYS.names(around + n) for n in (-1, 1)] == [(), ()] or name == "Koninginnedag"


def test_two_holidays_on_one_day_are_both_named() -> None:
    assert HOLIDAYS.names(date(2016, 5, 5).toordinal()) == ("Bevrijdingsdag", "Hemelvaartsdag")


def test_easter_is_where_others_put_it() -> None:
    for year in range(1583, 4000):
        assert date.fromordinal(easter(year)) == dateutil_easter(year)
    for year in range(1900, 2200):
        assert paasdag(year) == dateutil_easter(year)


def test_the_days_of_the_decrees_are_all_there() -> None:
    ours = {day for decree in HOLIDAYS.decrees for day in decree.days}
    assert ours == {day for year in range(2000, 2100) for day in feestdagen(year)} & ours
    assert len(ours) == 17
    # a day that is a weekend day anyway would need no decree
    assert all(day.isoweekday() <= 5 for day in ours)


def test_only_years_with_a_decree_are_confirmed() -> None:
    confirmed = [year for year in range(2010, 2035) if HOLIDAYS.is_confirmed(year)]
    assert confirmed == [2017, 2018, 2019, 2023, 2024, 2025, 2026, 2027, 2028]


def test_the_municipality_is_shut_on_all_but_good_friday_and_the_equated_days() -> None:
    shut = {
        name
        for day in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
        for name in HOLIDAYS.names(day)
        if HOLIDAYS.is_shut(day)
    }
    everything = {name for _, name, _ in SNAPSHOT}
    assert everything - shut == {"Goede Vrijdag", "gelijkgestelde dag"}


# ── the file ───────────────────────────────────────────────────────────────────────────────

FILE = (REFERENCE / "feestdagen.toml").read_text("utf-8")


def read(text: str) -> tuple[Holidays, list[str]]:
    """Read a file; return it with the keys of its mistakes."""
    mistakes: list[Mistake] = []
    found = read_holidays(tomllib.loads(text), mistakes)
    assert all(mistake.hint and mistake.file == "feestdagen.toml" for mistake in mistakes)
    return found, [mistake.key for mistake in mistakes]


DAY: dict[str, Any] = {"naam": "'x'", "datum": "'03-01'", "gemeente_dicht": "true", "bron": "'y'"}


def block(**changes: str | None) -> str:
    """A holiday, changed."""
    lines = [f"{key} = {value}" for key, value in {**DAY, **changes}.items() if value is not None]
    return "\n".join(["[[feestdag]]", *lines])


DECREE = "vanaf = 2026\ntot_en_met = 2028\ngemeente_dicht = false\nbron = 'z'"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "feestdag"),
        (block() + "\n[[feestdagen]]", "feestdagen"),
        ("feestdag = 1", "feestdag"),
        (block(naam=None), "feestdag[None].naam"),
        (block(bron="''"), "feestdag[x].bron"),
        (block(datum="'30-04'"), "feestdag[x].datum"),
        (block(datum="'02-29'"), "feestdag[x].datum"),
        (block(datum="2026-04-30"), "feestdag[x].datum"),
        (block(datum=None), "feestdag[x].datum"),
        (block(pasen="1"), "feestdag[x].datum"),
        (block(datum=None, pasen="'1'"), "feestdag[x].pasen"),
        (block(datum=None, pasen="400"), "feestdag[x].pasen"),
        (block(op_zondag="true"), "feestdag[x].op_zondag"),
        (block(datum="'01-01'", op_zondag="-1"), "feestdag[x].op_zondag"),
        (block(vanaf="2014", tot_en_met="2013"), "feestdag[x].vanaf"),
        (block(gemeente_dicht="'ja'"), "feestdag[x].gemeente_dicht"),
        (block(gemeente_dicht=None), "feestdag[x].gemeente_dicht"),
        (block(gemeentedicht="true"), "feestdag[x].gemeentedicht"),
        (block() + f"\n[[gelijkgesteld]]\n{DECREE}\ndagen = []", "gelijkgesteld[2026].dagen"),
        (
            block() + f"\n[[gelijkgesteld]]\n{DECREE}\ndagen = [2029-01-01]",
            "gelijkgesteld[2026].dagen",
        ),
        (
            block() + f"\n[[gelijkgesteld]]\n{DECREE}\ndagen = ['2026-01-01']",
            "gelijkgesteld[2026].dagen",
        ),
        (
            block() + f"\n[[gelijkgesteld]]\n{DECREE}\ndagen = [2026-01-02T00:00:00]",
            "gelijkgesteld[2026].dagen",
        ),
        (
            block() + "\n[[gelijkgesteld]]\ndagen = [2026-01-02]\nbron = 'z'",
            "gelijkgesteld[None].vanaf",
        ),
    ],
)
def test_each_mistake_is_told_with_its_key(text: str, key: str) -> None:
    assert key in read(text)[1]


def test_the_reference_has_no_mistakes_and_a_source_for_each_day() -> None:
    found, mistakes = read(FILE)
    assert mistakes == []
    assert all(holiday.source for holiday in (*found.yearly, *found.decrees))


def test_the_fingerprints_follow_what_they_are_about() -> None:
    whole, _ = read(FILE)
    words, _ = read(FILE.replace("Bevrijdingsdag", "5 mei"))
    assert words.fingerprint == whole.fingerprint
    assert words.shut_fingerprint == whole.shut_fingerprint
    fewer, _ = read(FILE.replace("    2026-05-15,", "    "))
    assert fewer.fingerprint != whole.fingerprint
    assert fewer.shut_fingerprint == whole.shut_fingerprint
    shut, _ = read(FILE.replace("gemeente_dicht = false", "gemeente_dicht = true", 1))
    assert shut.fingerprint == whole.fingerprint
    assert shut.shut_fingerprint != whole.shut_fingerprint
