"""Methods side by side: the honest figures of a split, the record, tables and the page."""
