"""What the program says: the only sentences. The library gives data, and each of these functions turns one kind of it
into words: effects that are planned, effects that are there already, events that happened, refusals.

Each subject has a module here that registers its own kinds.
"""

from gridpact.cli.words import billing as billing
from gridpact.cli.words import chain as chain
from gridpact.cli.words import market as market
from gridpact.cli.words.kinds import happened, plan, refusal, there, would

__all__ = ["happened", "plan", "refusal", "there", "would"]
