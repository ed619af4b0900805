"""STR: the graph itself, whatever it is about."""
