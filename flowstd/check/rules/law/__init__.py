"""LAW: what the item and its steps rest on."""
