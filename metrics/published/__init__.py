"""Reports that are frozen: a month, a quarter or a year, as it was told to the council."""
