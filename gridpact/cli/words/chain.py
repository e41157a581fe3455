"""Networks, keys, groups in words."""

from gridpact.chain.sending import GroupLostError
from gridpact.cli.words.kinds import Told, refusal


@refusal.register
def _(_error: GroupLostError) -> Told:
    return Told(
        "The node has lost the group that it took.",
        "Run the command again: it sends the same group, which happens once at most.",
    )
