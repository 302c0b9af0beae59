"""The live workbook of a plan."""
