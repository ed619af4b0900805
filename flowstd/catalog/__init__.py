"""A folder of items becomes a stream of cases: one item in one scenario each."""
