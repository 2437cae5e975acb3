"""Printed schedules: PDF on paper from A4 to A0, their preview, and Excel workbooks."""
