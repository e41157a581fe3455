"""``python -m scripts``: the program `gridpact`."""

from scripts.app import main

if __name__ == "__main__":
    main()
