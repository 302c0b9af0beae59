"""Where in a grid of cells the table stands: its headers, its rows, what stands around them."""
