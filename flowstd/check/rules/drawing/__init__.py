"""DRW: the rules of the standard, measured on the geometry."""
