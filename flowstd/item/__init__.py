"""The service item and its elements."""
