"""Sheet → SVG."""
