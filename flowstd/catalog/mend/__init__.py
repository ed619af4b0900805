"""Mends written into the files of authors: ``flowstd check --fix``."""
