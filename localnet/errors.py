"""What goes wrong in words for the person who started the LocalNet."""


class LocalNetError(Exception):
    """One sentence that says what is wrong and what to do next; the command line prints it and exits with 1."""
