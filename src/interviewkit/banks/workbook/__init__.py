"""A bank as an Excel workbook, written and read back."""
