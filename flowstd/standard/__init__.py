"""The flowchart standard itself, as dated data: one folder an edition."""
