"""Several tables on one sheet, one below the other."""
