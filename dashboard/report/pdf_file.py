"""The file of a report for who reads it: the PDF, which is what the council is given."""

from __future__ import annotations

from dashboard.report.build import report
from dashboard.report.names import file_name
from dashboard.report.typst_pdf import pdf
from metrics.published.edition import Edition, Rendered


def pdf_file(edition: Edition) -> tuple[Rendered, ...]:
    """Write a version as PDF."""
    content = pdf(report(edition))
    return (
        Rendered(name=file_name(edition, "pdf"), media_type="application/pdf", content=content),
    )
