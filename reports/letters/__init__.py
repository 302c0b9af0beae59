"""A letter for each city: what is said, the template it is said in, the Word files."""
