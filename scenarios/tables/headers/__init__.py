"""What the headers of columns mean: names and units."""
