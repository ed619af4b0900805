"""The narrow waist: the one graph every other folder reads."""
