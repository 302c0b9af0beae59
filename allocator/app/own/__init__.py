"""The user's own files in the page: taken in, filled in from a form, shown cell by cell and mended there."""
