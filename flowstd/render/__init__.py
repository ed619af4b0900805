"""What is read by people: SVG and pages made of it, DOT and Mermaid text."""
