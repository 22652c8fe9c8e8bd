"""All files of a report, in the order in which a reader is offered them."""

from __future__ import annotations

from dashboard.report.data_files import data_files
from dashboard.report.pdf_file import pdf_file
from metrics.published.edition import Edition, Rendered, Renderer

RENDERERS: tuple[Renderer, ...] = (pdf_file, data_files)


def files_of(edition: Edition) -> tuple[Rendered, ...]:
    """Draw every file of a version."""
    return tuple(file for draw in RENDERERS for file in draw(edition))
