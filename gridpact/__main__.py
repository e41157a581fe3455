"""``python -m gridpact``: the program `gridpact`."""

from gridpact.cli.app import main

if __name__ == "__main__":
    main()
