"""The configuration: its own files replace ours one by one, and all mistakes are told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.mistakes import ConfigMistakes, Mistake, nearest
from data.schema import Complexity
from data.settings import FILES, REFERENCE, Settings, load
from data.topics import Topics, read_topics

GOOD_NORM = """
[[norm]]
kpi = "servicelevel"
waarde = 0.75
sinds = 2026-01-01
grondslag = "raadsbesluit 12"
marge = 0.05
"""


def configured(folder: Path, **files: str) -> Settings:
    """Load a folder with these files; a name stands for name.toml."""
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, "utf-8")
    return load({"REGIEBORD_CONFIG": str(folder), "REGIEBORD_OPSLAG": str(folder)})


def mistakes_in(folder: Path, **files: str) -> list[tuple[str, str]]:
    """The file and key of each mistake."""
    with pytest.raises(ConfigMistakes) as caught:
        configured(folder, **files)
    assert all(mistake.hint for mistake in caught.value.mistakes)
    return [(Path(mistake.file).name, mistake.key) for mistake in caught.value.mistakes]


def test_the_reference_configuration_is_good() -> None:
    settings = load({})
    assert {file.name for file in REFERENCE.glob("*.toml")} == set(FILES)
    assert settings.gemeente == "Haarlem"
    assert all(norm.grondslag for norm in settings.norms)


def test_a_file_replaces_ours_and_the_others_stay(tmp_path: Path) -> None:
    settings = configured(tmp_path, normen=GOOD_NORM)
    (norm,) = settings.norms
    assert (norm.kpi, norm.value, norm.margin) == ("servicelevel", 0.75, 0.05)
    assert settings.organisation == load({}).organisation
    assert settings.database_url == f"sqlite:///{tmp_path / 'regiebord.sqlite'}"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert len(configured(tmp_path, normen="\ufeff" + GOOD_NORM).norms) == 1


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = mistakes_in(
        tmp_path,
        gemeente='organisatie = "Haarlem"',
        openingstijden="[openingstijden]\nmaandag = ['09:00-17:00']",
        onderwerpen='[[onderwerp]]\nnaam = "x"\nklasse = "makkelijk"',
        normen='[[norm]]\nkpi = "servicelevel"',
        bronnen="[[bron]]\nsoort = 'demo'",
        norm="",
    )
    assert set(found) == {
        ("norm.toml", "bestandsnaam"),
        ("gemeente.toml", "organisatie"),
        ("openingstijden.toml", "openingstijden.maandag"),
        ("onderwerpen.toml", "onderwerp[x].klasse"),
        ("normen.toml", "norm[servicelevel].waarde"),
        ("normen.toml", "norm[servicelevel].sinds"),
        ("normen.toml", "norm[servicelevel].grondslag"),
        ("bronnen.toml", "bron 1: naam"),
    }


@pytest.mark.parametrize(
    ("changed", "to", "key"),
    [
        ("0.75", '"80%"', "waarde"),
        ("0.75", "true", "waarde"),
        ("0.05", '"5%"', "marge"),
        ("2026-01-01", '"2026-01-01"', "sinds"),
        ("2026-01-01", "2026-01-01T00:00:00", "sinds"),
        ('"raadsbesluit 12"', '""', "grondslag"),
        ("marge", "margin", "margin"),
    ],
)
def test_a_wrong_part_of_a_norm_is_named(tmp_path: Path, changed: str, to: str, key: str) -> None:
    found = mistakes_in(tmp_path, normen=GOOD_NORM.replace(changed, to))
    assert found == [("normen.toml", f"norm[servicelevel].{key}")]


@pytest.mark.parametrize(
    ("file", "name"),
    [("normen", "norm"), ("bronnen", "bron"), ("onderwerpen", "onderwerp")],
)
def test_single_brackets_are_a_mistake_and_no_crash(tmp_path: Path, file: str, name: str) -> None:
    found = mistakes_in(tmp_path, **{file: f'[{name}]\nnaam = "x"'})
    assert found == [(f"{file}.toml", name)]


def test_a_closing_day_in_single_brackets_is_a_mistake(tmp_path: Path) -> None:
    hours = "[openingstijden]\nma = []\n[sluiting]\ndatum = 2026-12-24"
    assert mistakes_in(tmp_path, openingstijden=hours) == [("openingstijden.toml", "sluiting")]


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path, bronnen="[[bron") == [("bronnen.toml", "TOML")]


def test_a_source_has_a_name_of_its_own(tmp_path: Path) -> None:
    twice = '[[bron]]\nnaam = "a"\nsoort = "demo"\n' * 2
    assert mistakes_in(tmp_path, bronnen=twice) == [("bronnen.toml", "bron 2: naam")]


@pytest.mark.parametrize("url", ["mysql://x/y", "geen adres", "oracle://"])
def test_a_database_that_we_do_not_speak_is_a_mistake_without_its_password(url: str) -> None:
    with pytest.raises(ConfigMistakes, match="REGIEBORD_DATABASE_URL"):
        load({"REGIEBORD_DATABASE_URL": url})


def test_a_folder_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ConfigMistakes, match="deze map bestaat niet"):
        load({"REGIEBORD_CONFIG": "/nergens/te/vinden"})


# ── topics ─────────────────────────────────────────────────────────────────────────────────


def topics(*blocks: dict[str, object]) -> tuple[Topics, list[str]]:
    """Read a catalogue; return it with the keys of its mistakes."""
    mistakes: list[Mistake] = []
    found = read_topics({"onderwerp": list(blocks)}, mistakes)
    return found, [mistake.key for mistake in mistakes]


def test_a_topic_is_found_by_name_and_synonym_in_any_case() -> None:
    found, mistakes = topics(
        {"naam": "Paspoort", "klasse": "eenvoudig", "synoniemen": ["ID-kaart"]}
    )
    assert mistakes == []
    for written in ("paspoort", " PASPOORT ", "id-KAART"):
        assert found.find(written) == ("Paspoort", Complexity.EENVOUDIG)
    assert found.find(" Anders ") == ("Anders", Complexity.ONBEKEND)


def test_a_spelling_belongs_to_one_topic() -> None:
    _, mistakes = topics(
        {"naam": "a", "klasse": "eenvoudig", "synoniemen": ["x"]},
        {"naam": "b", "klasse": "complex", "synoniemen": ["X"]},
    )
    assert mistakes == ["onderwerp[b].synoniemen"]


def test_the_fingerprint_follows_what_could_change_a_stamp() -> None:
    one, _ = topics({"naam": "a", "klasse": "eenvoudig"})
    same, _ = topics({"naam": "a", "klasse": "eenvoudig"})
    other, _ = topics({"naam": "a", "klasse": "complex"})
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_a_suggestion_is_the_nearest_or_all() -> None:
    assert nearest("wachtrj", ["wachtrij", "afdeling"]) == "bedoelde u 'wachtrij'?"
    assert nearest("zzz", ["b", "a"]) == "kies uit: a, b"
