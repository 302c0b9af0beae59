"""Workbooks that tests write."""

from openpyxl import Workbook


def book(**sheets):
    """Return a workbook with these sheets, name -> rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made
