"""PUB: what may be shown to the public."""
