"""The configuration: its own files replace ours one by one, and all mistakes are told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from data.codes import Complexity
from data.mistakes import ConfigMistakes, Mistake, nearest
from data.settings import FILES, REFERENCE, Settings, load
from data.topics import Topic, Topics, read_topics

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


TODAY = date(2026, 11, 25).toordinal()


def topics(*blocks: dict[str, object]) -> tuple[Topics, list[str]]:
    """Read a catalogue; return it with the keys of its mistakes."""
    mistakes: list[Mistake] = []
    found = read_topics({"onderwerp": list(blocks)}, ["woo", "servicenorm"], mistakes)
    return found, [mistake.key for mistake in mistakes]


def test_a_topic_is_found_by_name_and_synonym_in_any_case() -> None:
    found, mistakes = topics(
        {"naam": "Paspoort", "klasse": "eenvoudig", "synoniemen": ["ID-kaart"]}
    )
    assert mistakes == []
    for written in ("paspoort", " PASPOORT ", "id-KAART"):
        assert found.find(written, TODAY) == Topic("Paspoort", Complexity.EENVOUDIG)
    assert found.find(" Anders ", TODAY) == Topic("Anders")


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


# ── every way to get it wrong ──────────────────────────────────────────────────────────────

TOPIC = "[[onderwerp]]\nnaam = 'x'\nklasse = 'complex'\n"
OPEN = "[openingstijden]\nma = ['09:00-17:00']\n"
BROKEN = {
    "gemeente": [
        ("", "organisatie"),
        ("organisatie = 0", "organisatie"),
        ("organisatie = true", "organisatie"),
        ("organisatie = 1.5", "organisatie"),
        ("organisatie = 99999999999", "organisatie"),
        ("organisatie = 392\nnaam = 5", "naam"),
        ("organisatie = 392\nnam = 'Haarlem'", "nam"),
    ],
    "openingstijden": [
        ("", "openingstijden"),
        ("openingstijden = 'altijd'", "openingstijden"),
        ("openingstijden = ['altijd']", "openingstijden"),
        ("[openingstijd]\nma = []", "openingstijden"),
        ("[openingstijden]\nma = 5", "openingstijden.ma"),
        ("[openingstijden]\nma = ['9:00-17:00']", "openingstijden.ma"),
        ("[openingstijden]\nma = ['17:00-09:00']", "openingstijden.ma"),
        ("[openingstijden]\nma = ['08:00-24:30']", "openingstijden.ma"),
        ("[openingstijden]\nma = ['08:00-12:00', '11:00-17:00']", "openingstijden.ma"),
        ("[openingstijden]\nmaa = ['08:00-12:00']", "openingstijden.maa"),
        ("[openingstijden]\nvanaf = '2026-01-01'", "openingstijden.vanaf"),
        ("[[openingstijden]]\nma = []\n[[openingstijden]]\ndi = []", "openingstijden.vanaf"),
        (OPEN + "[[sluiting]]\nreden = 'x'", "sluiting.datum"),
        (OPEN + "[[sluiting]]\ndatum = '2026-12-24'\nreden = 'x'", "sluiting.datum"),
        (OPEN + "[[sluiting]]\ndatum = 2026-12-24", "sluiting.reden"),
        (OPEN + "[[sluiting]]\ndatum = 2026-12-24\nreden = 'x'\nvanaf = 16", "sluiting.vanaf"),
        (
            OPEN + "[[sluiting]]\ndatum = 2026-12-24\nreden = 'x'\nvanaf = '16:00'\ntot = '09:00'",
            "sluiting.vanaf",
        ),
        (OPEN + "[[sluiting]]\ndatum = 2026-12-24\nreden = 'x'\nom = '16:00'", "sluiting.om"),
    ],
    "onderwerpen": [
        ("[[onderwerp]]\nklasse = 'complex'", "onderwerp[].naam"),
        ("[[onderwerp]]\nnaam = 'x'", "onderwerp[x].klasse"),
        (
            "[[onderwerp]]\nnaam = 'x'\nklasse = 'complex'\nsynoniem = ['y']",
            "onderwerp[x].synoniem",
        ),
        (
            "[[onderwerp]]\nnaam = 'x'\nklasse = 'complex'\nsynoniemen = 'y'",
            "onderwerp[x].synoniemen",
        ),
        (
            "[[onderwerp]]\nnaam = 'x'\nklasse = 'complex'\nsynoniemen = [5]",
            "onderwerp[x].synoniemen",
        ),
        ("[[onderwerpen]]\nnaam = 'x'\nklasse = 'complex'", "onderwerpen"),
        (TOPIC + "termijn = 'who'", "onderwerp[x].termijn"),
        (TOPIC + "termijn = ['woo']", "onderwerp[x].termijn"),
        (TOPIC + "termijn = 'servicenorm'", "onderwerp[x].werkdagen"),
        (TOPIC + "termijn = 'servicenorm'\nwerkdagen = 2.5", "onderwerp[x].werkdagen"),
        (TOPIC + "termijn = 'servicenorm'\nwerkdagen = true", "onderwerp[x].werkdagen"),
        (TOPIC + "werkdagen = 2", "onderwerp[x].werkdagen"),
        (TOPIC + "sinds = '2026-01-01'", "onderwerp[x].sinds"),
        (TOPIC + "tot = 2026", "onderwerp[x].tot"),
        (TOPIC + "sinds = 2026-07-01\ntot = 2026-07-01", "onderwerp[x].tot"),
        (TOPIC + "tot = 2026-07-02\n" + TOPIC + "sinds = 2026-07-01", "onderwerp[x].synoniemen"),
        (TOPIC + "afdeling = 5", "onderwerp[x].afdeling"),
        (TOPIC + f"product = '{'x' * 101}'", "onderwerp[x].product"),
        (TOPIC + "soort = ['zaak']", "onderwerp[x].soort"),
    ],
    "afdelingen": [
        ("[[afdeling]]\nsinds = 2026-01-01", "afdeling[].naam"),
        ("[[afdeling]]\nnaam = 5", "afdeling[5].naam"),
        (f"[[afdeling]]\nnaam = '{'x' * 101}'", f"afdeling[{'x' * 101}].naam"),
        ("[[afdeling]]\nnaam = 'x'\nsynoniemen = 'y'", "afdeling[x].synoniemen"),
        (
            (
                "[[afdeling]]\nnaam = 'x'\nsynoniemen = ['z']\n"
                "[[afdeling]]\nnaam = 'y'\nsynoniemen = ['Z']"
            ),
            "afdeling[y].synoniemen",
        ),
        ("[[afdeling]]\nnaam = 'x'\nvoorheen = ['y']", "afdeling[x].sinds"),
        ("[[afdeling]]\nnaam = 'x'\nvoorheen = 'y'\nsinds = 2026-01-01", "afdeling[x].voorheen"),
        ("[[afdeling]]\nnaam = 'x'\nvoorheen = ['x']\nsinds = 2026-01-01", "afdeling[x].voorheen"),
        ("[[afdeling]]\nnaam = 'x'\nsinds = '2026-01-01'", "afdeling[x].sinds"),
        ("[[afdeling]]\nnaam = 'x'\nsinds = 2026-01-01T00:00:00", "afdeling[x].sinds"),
        ("[[afdeling]]\nnaam = 'x'\nvorheen = ['y']", "afdeling[x].vorheen"),
        ("[[afdelingen]]\nnaam = 'x'", "afdelingen"),
        ("[afdeling]\nnaam = 'x'", "afdeling"),
    ],
    "afspraken": [
        ("[[soort]]\ntermijn = 'woo'", "soort[].naam"),
        ("[[soort]]\nnaam = 'x'\ntermijn = 'who'", "soort[x].termijn"),
        ("[[soort]]\nnaam = 'x'\ntermijn = 5", "soort[x].termijn"),
        ("[[soort]]\nnaam = 'x'\ntermijn = 'servicenorm'", "soort[x].werkdagen"),
        (
            "[[soort]]\nnaam = 'x'\ntermijn = 'servicenorm'\nwerkdagen = 0",
            "soort[x].werkdagen",
        ),
        (
            "[[soort]]\nnaam = 'x'\ntermijn = 'servicenorm'\nwerkdagen = 261",
            "soort[x].werkdagen",
        ),
        ("[[soort]]\nnaam = 'x'\ntermijn = 'woo'\nwerkdagen = 2", "soort[x].werkdagen"),
        ("[[soort]]\nnaam = 'x'\nwerkdagen = 2", "soort[x].werkdagen"),
        ("[[soort]]\nnaam = 'x'\nsynoniemen = 'y'", "soort[x].synoniemen"),
        (
            "[[soort]]\nnaam = 'x'\n[[soort]]\nnaam = 'y'\nsynoniemen = ['X']",
            "soort[y].synoniemen",
        ),
        ("[[soort]]\nnaam = 'x'\nterm = 'woo'", "soort[x].term"),
        ("[soort]\nnaam = 'x'", "soort"),
        ("bevestiging = 2", "bevestiging"),
        ("[bevestiging]\nkanalen = ['post']", "bevestiging.werkdagen"),
        ("[bevestiging]\nwerkdagen = '2'\nkanalen = ['post']", "bevestiging.werkdagen"),
        ("[bevestiging]\nwerkdagen = 2", "bevestiging.kanalen"),
        ("[bevestiging]\nwerkdagen = 2\nkanalen = 'post'", "bevestiging.kanalen"),
        ("[bevestiging]\nwerkdagen = 2\nkanalen = ['post']\ndagen = 2", "bevestiging.dagen"),
        ("[initiatief]\noverleg = 'donderdag'", "initiatief.overleg"),
        ("[initiatief]\ncollege = 2", "initiatief.college"),
        ("[initiatief]\nrichting = 'di'", "initiatief.richting"),
        ("[bevestigingen]\nwerkdagen = 2", "bevestigingen"),
    ],
    "bronnen": [
        ("[[bronnen]]\nnaam = 'x'", "bronnen"),
        ("[[bron]]\nsoort = 'demo'", "bron 1: naam"),
        ("[[bron]]\nnaam = ''\nsoort = 'demo'", "bron 1: naam"),
        ("[[bron]]\nnaam = 5\nsoort = 'demo'", "bron 1: naam"),
        (f"[[bron]]\nnaam = '{'x' * 101}'\nsoort = 'demo'", "bron 1: naam"),
        ("bron = 'demo'", "bron"),
        ("naam = 'x", "TOML"),
    ],
}
CASES = [(file, text, key) for file, cases in BROKEN.items() for text, key in cases]


@pytest.mark.parametrize(("file", "text", "key"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_each_mistake_is_told_with_its_file_and_key(
    tmp_path: Path, file: str, text: str, key: str
) -> None:
    assert (f"{file}.toml", key) in mistakes_in(tmp_path, **{file: text})


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("onderwerpen", TOPIC + "termijn = 'aanvrag'", "bedoelde u 'aanvraag'?"),
        ("onderwerpen", TOPIC + "termijn = 'service_norm'", "bedoelde u 'servicenorm'?"),
        ("afspraken", "[[soort]]\nnaam = 'x'\ntermijn = 'klachten'", "bedoelde u 'klacht'?"),
        ("afspraken", "[[soort]]\nnaam = 'x'\ntermijn = 'q'", "kies uit: aanvraag, avg,"),
        ("afspraken", "[initiatief]\noverleg = 'donderdag'", "kies uit: "),
        ("afdelingen", "[[afdeling]]\nnaam = 'x'\nsynoniem = ['y']", "bedoelde u 'synoniemen'?"),
    ],
)
def test_a_word_that_nobody_knows_names_the_nearest(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    with pytest.raises(ConfigMistakes) as caught:
        configured(tmp_path, **{file: text})
    (mistake,) = caught.value.mistakes
    assert said in mistake.hint


def test_a_topic_with_a_wrong_term_is_still_a_topic() -> None:
    mistakes: list[Mistake] = []
    content = {"onderwerp": [{"naam": "x", "klasse": "complex", "termijn": "who"}]}
    found = read_topics(content, ["woo"], mistakes).find("X", TODAY)
    assert (found.complexity, found.rule, len(mistakes)) == (Complexity.COMPLEX, "", 1)


def test_a_rule_of_its_own_may_be_named_by_topics_and_kinds(tmp_path: Path) -> None:
    shipped = (REFERENCE / "termijnen.toml").read_text("utf-8")
    own = shipped.replace('sleutel = "woo"', 'sleutel = "eigen"')
    found = configured(
        tmp_path,
        termijnen=own,
        onderwerpen=TOPIC + "termijn = 'eigen'",
        afspraken="[[soort]]\nnaam = 'y'\ntermijn = 'eigen'",
    )
    assert found.topics.find("x", TODAY).rule == "eigen"
    assert found.agreements.kind(" Y ").rule == "eigen"


def test_one_mistake_in_each_file_is_told_for_all_of_them_at_once(tmp_path: Path) -> None:
    first = {file: cases[-1] for file, cases in BROKEN.items()}
    found = mistakes_in(tmp_path, **{file: text for file, (text, _) in first.items()})
    assert {(f"{file}.toml", key) for file, (_, key) in first.items()} <= set(found)


def test_a_mistake_is_one_line_with_file_key_value_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigMistakes) as caught:
        configured(tmp_path, openingstijden="[openingstijden]\nma = ['09:00-17:00']\ndii = []")
    assert str(caught.value).splitlines() == [
        "1 fout(en) in de instellingen:",
        "  - openingstijden.toml: openingstijden.dii = []: onbekend; bedoelde u 'di'?",
    ]


def test_a_file_that_is_not_text_or_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "gemeente.toml").write_bytes(b"naam = '\xff\xfe'")
    (tmp_path / "normen.toml").mkdir()
    found = mistakes_in(tmp_path)
    assert ("gemeente.toml", "TOML") in found
    assert ("normen.toml", "bestand") in found


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p@h/naam", "postgresql+psycopg://u:p@h/naam"),
        ("postgres://u:p@h:5433/naam", "postgresql+psycopg://u:p@h:5433/naam"),
        (
            "postgresql+psycopg://u:p%40@/n?host=/tmp/x",
            "postgresql+psycopg://u:p%40@/n?host=/tmp/x",
        ),
        ("sqlite:////tmp/x.sqlite?timeout=2", "sqlite:////tmp/x.sqlite?timeout=2"),
    ],
)
def test_an_address_of_a_database_gets_the_driver_that_is_installed(given: str, used: str) -> None:
    found = make_url(load({"REGIEBORD_DATABASE_URL": given}).database_url)
    assert found == make_url(used)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+asyncpg://jan:geheim@h/n",
        "mysql://jan:geheim@h/n",
        "postgresql://jan:geheim@h",
        "://geheim",
    ],
)
def test_a_wrong_address_is_a_mistake_that_does_not_tell_the_password(url: str) -> None:
    with pytest.raises(ConfigMistakes, match="REGIEBORD_DATABASE_URL") as caught:
        load({"REGIEBORD_DATABASE_URL": url})
    assert "geheim" not in str(caught.value)


def test_several_opening_weeks_hold_each_from_its_day_on(tmp_path: Path) -> None:
    hours = (
        "[[openingstijden]]\nma = '09:00-17:00'\n[[openingstijden]]\nvanaf = 2026-06-01\nma = []"
    )
    calendar = configured(tmp_path, openingstijden=hours).calendar
    before, after = date(2026, 5, 25).toordinal(), date(2026, 6, 1).toordinal()
    assert calendar.blocks(before) == ((9 * 60, 17 * 60),)
    assert calendar.blocks(after) == ()
