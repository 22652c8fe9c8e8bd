"""The command of the targets: a table for a reader, a list for a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metrics.__main__ import MISTAKE, OK, main

NOW = ("--nu", "2026-11-05T09:00:00+01:00")


@pytest.fixture(autouse=True)
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that no source ever wrote in."""
    monkeypatch.setenv("REGIEBORD_OPSLAG", str(tmp_path))
    monkeypatch.delenv("REGIEBORD_DATABASE_URL", raising=False)


def test_every_figure_with_a_norm_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doelen", *NOW]) == OK
    title, head, first, *_ = capsys.readouterr().out.splitlines()
    assert title == "Doelen in oktober 2026"
    assert head.startswith("cijfer")
    assert first.startswith("Telefonische bereikbaarheid")


def test_a_program_gets_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doelen", "--maand", "2026-02", "--json", *NOW]) == OK
    told = json.loads(capsys.readouterr().out)
    assert {target["maand"] for target in told} == {"2026-02-01"}
    assert "bereikbaarheid" in {target["kpi"] for target in told}
    assert {target["value"] for target in told} == {None}
    assert all(target["reason"] for target in told)


def test_a_month_that_is_not_over_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doelen", "--maand", "2026-11", *NOW]) == MISTAKE
    assert "deze maand is nog niet voorbij" in capsys.readouterr().err
