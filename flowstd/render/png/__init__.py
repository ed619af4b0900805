"""Sheet → PNG."""
