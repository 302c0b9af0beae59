"""What every room borrows: numbers, the one table, documents, the looks of charts, the shell of pages."""
