"""Tables of figures: files, sheets, columns, cells, rates."""
