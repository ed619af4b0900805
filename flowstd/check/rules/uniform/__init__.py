"""UNI: the same item handled alike everywhere."""
