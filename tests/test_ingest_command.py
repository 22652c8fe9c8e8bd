"""`python -m ingest` as scripts use it: exit codes, JSON, sentences; and the key it makes."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data.mistakes import ConfigMistakes
from data.settings import load
from ingest.kinds import build_all, named
from ingest.privacy import Pseudonyms, load_key, masked, shape
from ingest.source import Surroundings
from tests.ingest_cast import KEY, ROOT, command, environment

LOG = """
[[bron]]
naam = "telefonie"
soort = "asterisk_queue_log"
pad = "queue_log"
"""
CASES = """
[[bron]]
naam = "zaken"
soort = "tickets_csv"
pad = "zaken.csv"
kolommen = { id = "id", ontvangen = "ontvangen", onderwerp = "onderwerp" }
"""
LINES = "1794999999|1.1|burgerzaken|NONE|ENTERQUEUE||0235114000|1\nrommel\n"
ROWS = "id,ontvangen,onderwerp\nZ1,2026-11-02,paspoort\nZ2,ooit,paspoort\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good configuration with a log and an export."""
    (tmp_path / "bronnen.toml").write_text(LOG + CASES)
    (tmp_path / "queue_log").write_text(LINES)
    (tmp_path / "zaken.csv").write_text(ROWS)
    return tmp_path


# ── once ───────────────────────────────────────────────────────────────────────────────────


def test_once_reads_every_source_and_says_what_it_did(folder: Path) -> None:
    code, said, complained = command(["once"], folder)
    assert (code, complained) == (0, "")
    assert said.splitlines() == [
        "telefonie: 2 gelezen, 1 geschreven, 1 apart gezet",
        "zaken: 2 gelezen, 1 geschreven, 1 apart gezet",
    ]


def test_once_as_json_is_nothing_but_json(folder: Path) -> None:
    code, said, complained = command(["once", "--json"], folder)
    assert (code, complained) == (0, "")
    account = {"read": 2, "written": 1, "rejected": 1, "error": "", "overtaken": False}
    assert json.loads(said) == [{"source": name, **account} for name in ("telefonie", "zaken")]


def test_once_can_read_one_source(folder: Path) -> None:
    code, said, _ = command(["once", "--bron", "zaken", "--json"], folder)
    assert code == 0
    assert [run["source"] for run in json.loads(said)] == ["zaken"]


def test_a_source_that_is_down_gives_3_and_costs_the_others_nothing(folder: Path) -> None:
    (folder / "queue_log").unlink()
    code, said, complained = command(["once", "--json"], folder)
    assert (code, complained) == (3, "")
    down, good = json.loads(said)
    assert "bestaat niet" in down["error"]
    assert (good["written"], good["error"]) == (1, "")
    code, said, _ = command(["once"], folder)
    assert code == 3
    assert said.startswith("telefonie: niet gelezen: ")


def test_a_column_that_is_gone_gives_3_and_its_name(folder: Path) -> None:
    (folder / "zaken.csv").write_text(ROWS.replace("onderwerp", "thema"))
    code, said, _ = command(["once"], folder)
    assert code == 3
    assert "kolom ontbreekt: 'onderwerp'" in said


def test_backfill_reads_anew_from_a_local_date(folder: Path) -> None:
    command(["once"], folder)
    (folder / "bronnen.toml").write_text(
        LOG + "wachtrijen = { burgerzaken = { antwoordtijd = 60 } }\n" + CASES
    )
    assert "0 geschreven" in command(["once"], folder)[1]
    code, said, _ = command(["backfill", "--van", "2026-11-19"], folder)
    assert code == 0
    assert "telefonie: 2 gelezen, 0 geschreven" in said
    code, said, _ = command(["backfill", "--van", "2026-11-18"], folder)
    assert "telefonie: 2 gelezen, 1 geschreven" in said


def test_years_of_rotated_files_are_read_though_few_may_be_open(folder: Path) -> None:
    for number in range(700):
        line = f"{1_794_990_000 + number}|1.{number}|afval|NONE|ENTERQUEUE||0235114000|1\n"
        (folder / f"queue_log.{number}").write_text(line)
    few = ["bash", "-c", f"ulimit -S -n 200; exec {sys.executable} -m ingest once"]
    done = subprocess.run(
        few, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "telefonie: 702 gelezen, 701 geschreven" in done.stdout


# ── mistakes ───────────────────────────────────────────────────────────────────────────────


def test_all_mistakes_in_all_files_and_options_are_told_at_once_with_2(folder: Path) -> None:
    (folder / "gemeente.toml").write_text("organisatie = 'x'")
    (folder / "bronnen.toml").write_text(
        """
[[bron]]
naam = "a"
soort = "asterisk_queuelog"
[[bron]]
naam = "b"
soort = "asterisk_queue_log"
interval = -1
padd = "queue_log"
wachtrijen = { x = { afdelng = "A", kort = 1.5 }, y = 5 }
[[bron]]
naam = "c"
soort = "tickets_csv"
pad = "zaken.csv"
tijdzone = "Europe/Haarlem"
scheiding = ";;"
codering = "utf8000"
datumvorm = "%Q"
[bron.kolommen]
nummer = "id"
[bron.waarden]
kanaal = "balie"
[[bron]]
naam = "b"
"""
    )
    code, said, complained = command(["once"], folder, REGIEBORD_SLEUTEL="kort")
    assert (code, said) == (2, "")
    for told in (
        "gemeente.toml: organisatie = 'x': ",
        "bron[a].soort = 'asterisk_queuelog': onbekende soort; bedoelde u 'asterisk_queue_log'?",
        "bron[b].interval = -1: ",
        "bron[b].pad: ontbreekt",
        "bron[b].padd = 'queue_log': onbekende instelling; bedoelde u 'pad'?",
        "bron[b].wachtrijen.x.afdelng = 'A': onbekend; bedoelde u 'afdeling'?",
        "bron[b].wachtrijen.x.kort = 1.5: ",
        "bron[b].wachtrijen.y = 5: ",
        "bron[c].tijdzone = 'Europe/Haarlem': ",
        "bron[c].scheiding = ';;': ",
        "bron[c].codering = 'utf8000': ",
        "bron[c].datumvorm = '%Q': ",
        "bron[c].kolommen.nummer = 'id': onbekend; ",
        "bron[c].kolommen.id: ontbreekt",
        "bron[c].kolommen.ontvangen: ontbreekt",
        "bron[c].waarden.kanaal = 'balie': ",
        "bron 4: naam = 'b': deze naam komt twee keer voor",
        "bron[b].soort = '': onbekende soort; ",
        "omgeving: REGIEBORD_SLEUTEL: geef minstens 32 bytes",
    ):
        assert told in complained
    assert complained.startswith("19 fout(en) in de instellingen:")
    assert len(complained.splitlines()) == 20


def test_a_source_that_is_not_there_is_a_mistake(folder: Path) -> None:
    code, said, complained = command(["once", "--bron", "telefoon"], folder)
    assert (code, said) == (2, "")
    assert "--bron = 'telefoon': onbekend; bedoelde u 'telefonie'?" in complained


@pytest.mark.parametrize("arguments", [[], ["twice"], ["backfill"], ["backfill", "--van", "ooit"]])
def test_a_wrong_command_gives_2(folder: Path, arguments: list[str]) -> None:
    assert command(arguments, folder)[0] == 2


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://niemand:geheim@127.0.0.1:1/niets", "opslag: de database is niet bereikbaar"),
        ("sqlite:////proc/niet/x.sqlite", "bestaat niet"),
    ],
)
def test_a_store_that_cannot_be_reached_is_a_sentence_and_1(
    folder: Path, url: str, said: str
) -> None:
    code, out, complained = command(["once"], folder, url)
    assert (code, out) == (1, "")
    assert said in complained
    assert len(complained.splitlines()) == 1
    assert "geheim" not in complained


def test_a_file_that_is_no_database_is_a_sentence_and_1(folder: Path) -> None:
    file = folder / "x.sqlite"
    file.write_text("dit is geen database " * 100)
    code, _, complained = command(["once"], folder, f"sqlite:///{file}")
    assert (code, complained) == (1, "opslag: het bestand is geen SQLite-database\n")


# ── check ──────────────────────────────────────────────────────────────────────────────────


def test_check_tries_each_source_and_keeps_nothing(folder: Path) -> None:
    code, said, _ = command(["check"], folder)
    assert code == 0
    for told in (
        "telefonie: in orde",
        "  gelezen: 2 regels (een proef van het begin)",
        "  gesprekken: 1, vragen: 0, apart gezet: 1",
        "regel 2: ?: het eerste veld is geen tijdstip",
        "  wachtrij zonder afdeling: burgerzaken",
        "zaken: in orde",
        "  apart: zaken.csv regel 3: ontvangen: geen tijd: 'aaaa'; verwacht",
        "  onderwerp niet in onderwerpen.toml: 'paspoort' (1)",
    ):
        assert told in said
    assert not list(folder.glob("opslag/*.sqlite"))


def test_check_says_which_source_is_not_good_and_gives_3(folder: Path) -> None:
    (folder / "zaken.csv").write_text("nummer\n1\n")
    code, said, _ = command(["check"], folder)
    assert code == 3
    assert "telefonie: in orde" in said
    assert "zaken: NIET IN ORDE\n  zaken.csv: kolom ontbreekt: " in said


# ── the key ────────────────────────────────────────────────────────────────────────────────


def test_the_key_is_made_at_the_first_start_for_its_owner_only_and_stays(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        key = load_key({}, tmp_path / "opslag")
    finally:
        os.umask(old)
    file = tmp_path / "opslag" / "sleutel"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(key) == 32
    assert bytes.fromhex(file.read_text()) == key
    assert load_key({}, tmp_path / "opslag") == key
    assert list(file.parent.iterdir()) == [file]
    assert load_key({}, tmp_path / "elders") != key


def test_the_key_can_be_given_in_a_variable_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "s").write_text(" AB" * 32 + "\n")
    given = {"REGIEBORD_SLEUTEL_BESTAND": str(tmp_path / "s")}
    assert load_key(given, tmp_path) == b"\xab" * 32
    given["REGIEBORD_SLEUTEL"] = "cd" * 40
    assert load_key(given, tmp_path) == b"\xcd" * 40
    assert not (tmp_path / "sleutel").exists()


@pytest.mark.parametrize("text", ["", "ab" * 31, "geen hexadecimaal " * 9, "ab" * 31 + "a"])
def test_a_key_that_is_too_short_or_no_key_is_a_mistake_that_does_not_tell_it(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "sleutel").write_text(text)
    for given in ({"REGIEBORD_SLEUTEL": text}, {}):
        with pytest.raises(ConfigMistakes, match="minstens 32 bytes") as caught:
            load_key(given, tmp_path)
        assert not text or text not in str(caught.value)


def test_a_key_that_cannot_be_made_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(ConfigMistakes, match="REGIEBORD_OPSLAG"):
        load_key({}, tmp_path / "bestand" / "opslag")
    with pytest.raises(ConfigMistakes, match="REGIEBORD_SLEUTEL_BESTAND"):
        load_key({"REGIEBORD_SLEUTEL_BESTAND": str(tmp_path)}, tmp_path)


def test_neither_a_source_nor_its_surroundings_show_the_key(folder: Path) -> None:
    environment = {"REGIEBORD_CONFIG": str(folder), "REGIEBORD_OPSLAG": str(folder)}
    surroundings = Surroundings(b"geheim" * 6)
    sources = build_all(load(environment), surroundings)
    assert "geheim" not in repr((surroundings, sources))
    assert [source.naam for source in named(sources, None)] == ["telefonie", "zaken"]


# ── privacy ────────────────────────────────────────────────────────────────────────────────


def test_a_pseudonym_is_the_hmac_that_the_standard_library_makes() -> None:
    for key in (KEY, b"lang" * 40):
        digest = hmac.new(key, b"beller:0235114000", hashlib.sha256).digest()
        expected = int.from_bytes(digest[:8], "big", signed=True)
        assert Pseudonyms(key)("0235114000") == expected


@pytest.mark.parametrize(
    "number", ["anonymous", "", "+", "  ", "Unavailable", "sip:onbekend@elders"]
)
def test_without_digits_there_is_no_caller(number: str) -> None:
    assert Pseudonyms(KEY)(number) is None


def test_a_value_in_an_error_is_masked_or_only_its_shape() -> None:
    assert masked("bel 06-12345678, of jan@x.nl") == "bel ***, of ***"
    assert masked("x" * 100) == "x" * 60 + "..."
    assert shape("31-jan-26 12:00") == "99-aaa-99 99:99"
