"""Flow, item or drawing → findings: what the author should change, and on what authority."""
