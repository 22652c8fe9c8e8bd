"""What the municipality records to steer by: growth paths, thresholds, recalibrations, events."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.history import Event, History, Recalibration
from data.mistakes import ConfigMistakes
from data.norms import GrowthPath
from data.settings import load
from data.thresholds import SignalRules, SmallNumbers, Thresholds
from metrics.board import open_board
from metrics.catalogue import catalogue, check_history
from tests.test_settings import configured, mistakes_in

PATH = """
[[groeipad]]
kpi = "digitaal_of_kcc"
van = 2026-01-01
begin = 0.76
tot_en_met = 2026-12-01
eind = 0.80
grondslag = "jaarplan"
"""
RECALIBRATION = """
[[herijking]]
kpi = "bereikbaarheid"
datum = 2026-03-01
reden = "andere wachtrij"
auteur = "adviseur"
goedgekeurd_door = "teammanager"
"""
EVENT = """
[[gebeurtenis]]
datum = 2026-05-18
tot_en_met = 2026-05-20
tekst = "Nieuwe website"
eigenaar = "adviseur"
cijfers = ["digitaal_of_kcc"]
"""


# ── growth paths ───────────────────────────────────────────────────────────────────────────


def test_a_growth_path_rises_in_equal_steps(tmp_path: Path) -> None:
    (path,) = configured(tmp_path, normen=PATH).paths
    found = [path.value_in(date(2026, month, 1)) for month in (1, 6, 12)]
    assert found == pytest.approx([0.76, 0.76 + 0.04 * 5 / 11, 0.80])


def test_outside_its_months_a_growth_path_expects_nothing() -> None:
    path = GrowthPath("x", date(2026, 1, 1), 0.76, date(2026, 12, 1), 0.80, "jaarplan")
    assert path.value_in(date(2025, 12, 31)) is None
    assert path.value_in(date(2026, 12, 31)) == 0.80
    assert path.value_in(date(2027, 1, 1)) is None


def test_a_figure_knows_the_path_that_began_last(tmp_path: Path) -> None:
    second = PATH.replace("2026-01-01", "2026-07-01").replace("0.76", "0.70")
    settings = configured(tmp_path, normen=PATH + second)
    kpi = catalogue(settings.norms, settings.paths)["digitaal_of_kcc"]
    starts = [kpi.path_in(date(2026, month, 1)) for month in (6, 7)]
    assert [path and path.start for path in starts] == [0.76, 0.70]
    assert kpi.path_in(date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("changed", "to", "key"),
    [
        ("0.76", '"76%"', "begin"),
        ("0.80", "nan", "eind"),
        ("2026-12-01", "2026-01-31", "tot_en_met"),
        ("van = 2026-01-01", "", "van"),
        ('"jaarplan"', '""', "grondslag"),
        ("eind", "einde", "einde"),
    ],
)
def test_a_wrong_part_of_a_growth_path_is_named(
    tmp_path: Path, changed: str, to: str, key: str
) -> None:
    found = mistakes_in(tmp_path, normen=PATH.replace(changed, to))
    assert ("normen.toml", f"groeipad[digitaal_of_kcc].{key}") in found


# ── thresholds ─────────────────────────────────────────────────────────────────────────────


def test_without_a_file_the_thresholds_are_ours() -> None:
    assert load({}).thresholds == Thresholds()


def test_a_municipality_sets_its_own_thresholds(tmp_path: Path) -> None:
    text = "[signalen]\ntrend = 6\ngrenzen_vast_na = 12\n[kleine_aantallen]\nverborgen_onder = 5"
    found = configured(tmp_path, drempels=text).thresholds
    assert found.signals == SignalRules(trend=6, fix_after=12)
    assert found.small == SmallNumbers(hidden_below=5)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[signalen]\ntrend = 2", "signalen.trend"),
        ("[signalen]\ngrenzen_vast_na = 5", "signalen.grenzen_vast_na"),
        ("[kleine_aantallen]\noordeel_vanaf = 9", "kleine_aantallen.oordeel_vanaf"),
        ("[kleine_aantallen]\nverborgen = 9", "kleine_aantallen.verborgen"),
        ("[signaal]", "signaal"),
    ],
)
def test_a_wrong_threshold_is_named(tmp_path: Path, text: str, key: str) -> None:
    assert mistakes_in(tmp_path, drempels=text) == [("drempels.toml", key)]


# ── recalibrations and events ──────────────────────────────────────────────────────────────


def test_a_recalibration_says_when_why_and_who(tmp_path: Path) -> None:
    history = configured(tmp_path, herijkingen=RECALIBRATION).history
    day = date(2026, 3, 1)
    expected = Recalibration("bereikbaarheid", day, "andere wachtrij", "adviseur", "teammanager")
    assert history.recalibrated("bereikbaarheid") == [expected]
    assert history.recalibrated("wachttijd") == []


@pytest.mark.parametrize(
    ("changed", "to", "key"),
    [
        ('"andere wachtrij"', '""', "reden"),
        ('"teammanager"', '"Adviseur"', "goedgekeurd_door"),
        ("2026-03-01", '"maart"', "datum"),
        ("auteur", "schrijver", "schrijver"),
    ],
)
def test_a_wrong_part_of_a_recalibration_is_named(
    tmp_path: Path, changed: str, to: str, key: str
) -> None:
    found = mistakes_in(tmp_path, herijkingen=RECALIBRATION.replace(changed, to))
    assert ("herijkingen.toml", f"herijking[bereikbaarheid].{key}") in found


def test_an_event_has_days_an_owner_and_the_figures_that_it_may_touch(tmp_path: Path) -> None:
    other = '[[gebeurtenis]]\ndatum = 2026-01-05\ntekst = "Sneeuw"\neigenaar = "teammanager"'
    history = configured(tmp_path, gebeurtenissen=EVENT + other).history
    snow = Event(date(2026, 1, 5), date(2026, 1, 5), "Sneeuw", "teammanager")
    days = date(2026, 5, 18), date(2026, 5, 20)
    site = Event(*days, "Nieuwe website", "adviseur", ("digitaal_of_kcc",))
    assert history.events == (snow, site)
    assert history.touching("digitaal_of_kcc") == [snow, site]
    assert history.touching("wachttijd") == [snow]


@pytest.mark.parametrize(
    ("changed", "to", "key"),
    [
        ("2026-05-20", "2026-05-17", "tot_en_met"),
        ('"Nieuwe website"', '""', "tekst"),
        ('eigenaar = "adviseur"', "", "eigenaar"),
        ('["digitaal_of_kcc"]', '"digitaal_of_kcc"', "cijfers"),
    ],
)
def test_a_wrong_part_of_an_event_is_named(tmp_path: Path, changed: str, to: str, key: str) -> None:
    found = mistakes_in(tmp_path, gebeurtenissen=EVENT.replace(changed, to))
    assert found == [("gebeurtenissen.toml", f"gebeurtenis[2026-05-18].{key}")]


def test_what_was_recorded_of_an_unknown_figure_is_a_mistake(tmp_path: Path) -> None:
    day = date(2026, 3, 1)
    history = History(
        (Recalibration("bereikbaar", day, "reden", "a", "b"),),
        (Event(day, day, "Sneeuw", "a", ("wachttij",)),),
    )
    with pytest.raises(ConfigMistakes) as caught:
        check_history(history)
    assert [mistake.value for mistake in caught.value.mistakes] == ["bereikbaar", "wachttij"]
    settings = configured(tmp_path, normen=PATH.replace("digitaal_of_kcc", "digitaal"))
    with pytest.raises(ConfigMistakes, match=r"groeipad\.kpi = 'digitaal'"):
        open_board(settings)
