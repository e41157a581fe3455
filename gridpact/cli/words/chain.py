"""The network, keys, files and transactions in words."""

from gridpact.chain.errors import FileUnreadable, FileUnwritable
from gridpact.chain.sending import GroupLostError
from gridpact.cli.words.kinds import Told, refusal

# --- groups -----------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: GroupLostError) -> Told:
    return Told(
        "The node has lost the group that it took.",
        "Run the command again: it sends the same group, which happens once at most.",
    )


# --- files ------------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: FileUnreadable) -> Told:
    return Told(f"{error.path} cannot be read: {error.why}.", "Check the file's name.")


@refusal.register
def _(error: FileUnwritable) -> Told:
    return Told(f"{error.path} cannot be written: {error.why}.", "Choose another file.")
