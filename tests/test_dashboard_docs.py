"""docs/kpis.md says what the catalogue says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import docs
from dashboard.__main__ import main
from tests.fake_board import CATALOGUE


def test_every_figure_is_described() -> None:
    text = docs.kpis_markdown(CATALOGUE.values())
    for kpi in CATALOGUE.values():
        assert f"## {kpi.name} (`{kpi.key}`)" in text
        assert kpi.formula in text


def test_check_names_the_file_that_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "docs" / "kpis.md"
    monkeypatch.setattr(docs, "PATH", path)
    assert main(["docs", "--check"]) == 1
    assert str(path) in capsys.readouterr().out
    assert main(["docs"]) == 0
    assert main(["docs", "--check"]) == 0
    path.write_text("iets anders", encoding="utf-8")
    assert main(["docs", "--check"]) == 1
