"""The monthly report: one document as values, written out as PDF, web page and sheets."""
