"""Workbooks that departments fill in: read by our own guarded reader, written by XlsxWriter."""
