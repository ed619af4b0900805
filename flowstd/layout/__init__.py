"""Flow → Drawing: every position and every line break, no colour."""
