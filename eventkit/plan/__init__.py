"""The two doors of the event plan: an Excel workbook and a TOML file."""
