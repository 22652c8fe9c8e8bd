"""Ingestion: sources read and parse what systems say, the runner commits it."""
