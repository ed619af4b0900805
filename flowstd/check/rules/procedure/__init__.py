"""PRC: the steps that law and office practice ask for, and their order."""
