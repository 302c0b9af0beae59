"""Tables in documents: Word, web pages, Markdown, LaTeX as the official table is written in it."""
