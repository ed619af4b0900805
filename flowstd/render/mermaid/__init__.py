"""Flow → Mermaid."""
