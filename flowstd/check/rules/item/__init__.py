"""ITM: the elements of the item."""
