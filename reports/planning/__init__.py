"""A plan for people: record, reasons, sentences, tables, charts, page."""
