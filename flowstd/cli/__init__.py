"""The command ``flowstd``: one command a file."""
