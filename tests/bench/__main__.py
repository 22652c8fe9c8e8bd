"""Runs the sections that are named, or all of SECTIONS."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tests.postgres import postgres

SECTIONS = {
    "opslag": "store_speed",
    "inname": "ingest_speed",
    "bronnen": "source_speed",
    "vragen": "query_speed",
    "lezers": "reader_speed",
    "scherm": "screen_speed",
    "schermen": "page_weight",
    "bladzijden": "site_speed",
    "termijnen": "term_speed",
}


def main(asked: list[str]) -> int:
    """Run the sections in a temporary folder."""
    unknown = set(asked) - SECTIONS.keys()
    if unknown:
        print(f"unknown section: {', '.join(sorted(unknown))}; choose from {', '.join(SECTIONS)}")
        return 2
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ratios are within this run")
    for name in asked or SECTIONS:
        run: Callable[..., None] = import_module(f"tests.bench.{SECTIONS[name]}").run
        with tempfile.TemporaryDirectory(prefix="regiebord-bench-") as folder:
            if name == "opslag":
                with postgres() as url:
                    run(Path(folder), url)
            else:
                run(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
