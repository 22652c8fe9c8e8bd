"""docs/bronnen.md says what each kind of source says of itself, and its examples work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.mistakes import ConfigMistakes
from ingest import docs
from ingest.__main__ import main
from ingest.kinds import KINDS
from metrics.catalogue import catalogue
from tests.rules import shipped

FIGURES = {kpi.key: kpi.measure.fact.feed for kpi in catalogue(shipped().norms).values()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_without_mistakes_and_shows_that_kind(kind: str) -> None:
    assert kind in {source.soort for source in docs.example(kind, shipped())}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_all_there_is_to_say(kind: str) -> None:
    about = docs.about(kind)
    for told in (about.title, about.reads, about.feeds, about.rights, about.cadence, about.lag):
        assert len(told) > 3
    assert about.traps
    feeds = {feed for source in docs.example(kind, shipped()) for feed in source.feeds}
    assert {FIGURES[key] for key in about.without} <= feeds


def test_a_figure_is_named_where_it_is_fed_and_nowhere_else() -> None:
    figures = [docs.Figure(key, key, feed) for key, feed in FIGURES.items()]
    text = docs.markdown(shipped(), figures)
    sections = {
        kind: text.partition(f'<a id="{kind}">')[2].partition("<a id=")[0] for kind in KINDS
    }
    assert "kpis.md#bereikbaarheid)" in sections["sql_view"]
    assert "kpis.md#wachtenden)" in sections["asterisk_queue_log"]
    assert "kpis.md#wachtenden)" not in sections["sql_view"]
    assert "kpis.md#binnen_termijn)" in sections["tickets_csv"]
    assert "kpis.md#binnen_termijn)" not in sections["gesprekken_csv"]
    assert docs.SECRET not in text


def test_an_example_that_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(docs.about("demo"), example='[[bron]]\nnaam = "d"\nsoort = "demo"\nzad = 1\n')
    monkeypatch.setattr("ingest.sources.demo.ABOUT", wrong)
    with pytest.raises(ConfigMistakes, match="bedoelde u 'zaad'"):
        docs.example("demo", shipped())


def test_check_names_the_file_that_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bronnen.md"
    monkeypatch.setattr(docs, "PATH", path)
    assert main(["docs", "--check"]) == 1
    assert str(path) in capsys.readouterr().out
    assert main(["docs"]) == 0
    assert main(["docs", "--check"]) == 0
