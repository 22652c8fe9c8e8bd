"""The report for the council: its sentences, its document and its files, from a frozen edition."""
