"""NAM: names of items, steps, decisions and ends."""
