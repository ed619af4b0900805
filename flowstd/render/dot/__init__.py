"""Flow → DOT."""
