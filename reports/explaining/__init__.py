"""What explains a published table: the record, sentences, tables and the page."""
