"""The figures, one file per theme."""
