"""Words everyone shares; knows nothing of processes."""
