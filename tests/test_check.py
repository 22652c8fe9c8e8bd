"""`python -m ingest check` tries a source with few requests and says what to do next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from data.codes import Outcome
from ingest.check import HEADINGS, Finding, check, table
from ingest.records import Call, Rejected, Ticket
from ingest.source import Batch, Cursor, SourceChanged, SourceDown
from ingest.trial import REQUESTS, current
from ingest.web import BudgetSpent, Service
from tests.ingest_cast import NOON, command
from tests.replay import Answers, Replay, Said, replay
from tests.rules import shipped

SECRET = "geheim-5f0c2b"
Make = Callable[[Any], Batch]


@dataclass
class Asking:
    """A source that asks its service without end, one record per answer."""

    service: Service
    make: Make
    naam: str = "balie"
    soort: str = "proef"
    feeds: tuple[str, ...] = ("vraag",)
    interval: float = 60.0

    def batches(self, _cursor: Cursor, _now: int) -> Iterator[Batch]:
        """Ask until the budget is spent."""
        with self.service.open() as web:
            try:
                while True:
                    yield from [self.make(web.get("vragen").body), self.make(web.get("meer").body)]
            except BudgetSpent:
                return


def question(_: Any) -> Batch:
    """A question of which nothing but its receipt is known, closed."""
    ticket = Ticket("Z1", 0, NOON - 3600, closed_at=NOON, onderwerp="wat niemand kent")
    return Batch(cursor={}, tickets=[ticket], read=1)


def tried(answers: Answers, make: Make = question) -> tuple[Finding, Replay]:
    """Try a source on a service that answers so."""
    with replay(answers) as running:
        service = Service(base=running.base, headers=lambda: {"Authorization": SECRET})
        (finding,) = check(shipped(), [Asking(service, make)], lambda: int(time.time()))
        return finding, running


def row(finding: Finding) -> dict[str, str]:
    """What the table says of a source."""
    return dict(zip(HEADINGS, finding.cells(), strict=True))


def test_a_source_that_can_be_read_is_good_and_says_what_stays_unknown() -> None:
    finding, _ = tried(lambda _: Said([]))
    assert finding.good
    said = str(finding)
    assert said.startswith("balie: in orde")
    for line in (
        "onderwerp niet in onderwerpen.toml: 'wat niemand kent'",
        "kanaal onbekend: 3 van 3 vragen; noem de kolom of het veld",
        "afdeling onbekend: 3 van 3 vragen; ",
        "afgehandeld_door onbekend: 3 van 3 gesloten vragen; vul [bron.waarden.afgehandeld_door]",
    ):
        assert line in said
    assert row(finding)["wat te doen"] == "vul aan wat hierboven onbekend is"


def test_a_trial_costs_a_few_requests() -> None:
    def nothing_yet(_: Any) -> Batch:
        return Batch(cursor={})

    _, running = tried(lambda _: Said([]), nothing_yet)
    assert len(running.asked) <= REQUESTS
    assert current() is None


def test_a_trial_tries_once_where_serving_would_have_patience() -> None:
    finding, running = tried(lambda _: Said(status=503))
    assert len(running.asked) == 1
    assert row(finding)["bereikbaar"] == "nee"


STATES: list[tuple[Said, tuple[str, ...], str]] = [
    (Said(status=401), ("ja", "nee", "-", "-"), "controleer sleutel of wachtwoord"),
    (Said(status=403), ("ja", "nee", "-", "-"), "controleer sleutel of wachtwoord"),
    (Said(status=500), ("nee", "-", "-", "-"), "controleer adres of pad, netwerk"),
    (Said(cut=True, body=[1, 2, 3]), ("nee", "-", "-", "-"), "controleer adres of pad"),
    (Said(status=404), ("ja", "ja", "nee", "-"), "pas de instellingen van deze bron aan"),
    (Said(b"<html>"), ("ja", "ja", "nee", "-"), "pas de instellingen van deze bron aan"),
]


@pytest.mark.parametrize(("said", "stages", "advice"), STATES, ids=str)
def test_what_goes_wrong_says_how_far_it_came_and_what_to_do(
    said: Said, stages: tuple[str, ...], advice: str
) -> None:
    finding, _ = tried(lambda _: said)
    found = row(finding)
    assert not finding.good
    assert tuple(found[name] for name in HEADINGS[1:5]) == stages
    assert advice in found["wat te doen"]
    assert SECRET not in str(finding) + "".join(finding.cells())


@pytest.mark.parametrize(("ahead", "told"), [(0, "niets"), (600, "gelijk"), (-600, "gelijk")])
def test_a_clock_that_differs_is_told(ahead: int, told: str) -> None:
    def known(_: Any) -> Batch:
        call = Call("1", 0, NOON, "A", "B", outcome=Outcome.AFGEHAAKT)
        return Batch(cursor={}, calls=[call], read=1)

    dated = {"Date": formatdate(time.time() + ahead, usegmt=True)}
    finding, _ = tried(lambda _: Said([], headers=dated), known)
    assert finding.ahead is not None
    assert abs(finding.ahead - ahead) <= 3
    assert told in finding.advice()
    assert finding.good


def test_rows_that_are_all_set_aside_are_not_good() -> None:
    def spoilt(_: Any) -> Batch:
        return Batch(cursor={}, rejected=[Rejected("1", "vragen 1", "id: ontbreekt")], read=1)

    finding, _ = tried(lambda _: Said([]), spoilt)
    assert not finding.good
    assert [row(finding)[name] for name in ("velden", "eerste regel")] == ["ja", "nee"]
    assert "apart: vragen 1: id: ontbreekt" in str(finding)


def test_a_trial_without_rows_says_so() -> None:
    finding, _ = tried(lambda _: Said([]), lambda _: Batch(cursor={}))
    assert finding.good
    assert row(finding)["eerste regel"] == "-"
    assert "de proef trof geen regel" in finding.advice()


@pytest.mark.parametrize("error", [ValueError("0235114000"), KeyError("naam")])
def test_a_bug_of_ours_is_told_by_its_place_and_costs_no_other_source(error: Exception) -> None:
    def fail(_: Any) -> Batch:
        raise error

    finding, _ = tried(lambda _: Said([]), fail)
    assert not finding.good
    assert "onverwachte fout: " in str(finding)
    assert "0235114000" not in str(finding)
    assert "meld deze fout" in finding.advice()


@pytest.mark.parametrize("error", [SourceDown("weg"), SourceChanged("anders")])
def test_the_table_lines_up(error: Exception) -> None:
    findings = [Finding("a", 4, ()), Finding("een lange naam", 0, (str(error),), ahead=-75)]
    head, *lines = table(findings)
    assert head.index("wat te doen") == lines[0].index("niets") == lines[1].index("controleer")
    assert "-75 s" in lines[1]


def test_check_shows_the_table_and_no_secret(tmp_path: Path) -> None:
    (tmp_path / "bronnen.toml").write_text(
        """
[[bron]]
naam = "centrale"
soort = "sql_view"
adres_omgeving = "CENTRALE"
tabel = "gesprekken"
kolommen = { id = "id", ontvangen = "begin", wachtrij = "rij", afloop = "hoe" }
"""
    )
    address = f"postgresql://lezer:{SECRET}@127.0.0.1:1/niets"
    code, said, complained = command(["check"], tmp_path, CENTRALE=address)
    assert code == 3
    assert SECRET not in said + complained
    assert "centrale: NIET IN ORDE\n  gesprekken op 127.0.0.1: de database is niet" in said
    assert "bron      bereikbaar  toegang" in said
    assert "centrale  nee         -" in said
