"""One folder a group, one rule a file; the file's name is the rule's code and the fault's name."""
