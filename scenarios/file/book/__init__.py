"""A scenario as one workbook: which rows and columns its sheets have, and what stands in them."""
