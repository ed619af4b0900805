"""``python -m flowstd`` is the command ``flowstd``."""

from flowstd.cli.main import main

if __name__ == "__main__":
    main()
