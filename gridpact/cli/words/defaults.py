"""What a command took because nothing was named, in words."""

from collections.abc import Mapping

from gridpact.units import money


def account_filled(name: str, address: str, given_microalgo: int) -> str:
    """A LocalNet's account that a command needed, and that was not there or had nothing."""
    return f"Account {name} of the LocalNet, {address}, got {money(given_microalgo)}."


def taken(options: Mapping[str, object]) -> str:
    """Options that a bare command took, as they could have been typed: --amount-wh 1000 --to CONSUMER."""
    return f"By default on a LocalNet: {' '.join(f'{name} {value}' for name, value in options.items())}"


def meter_made(label: str) -> str:
    """A meter that a bare command registers."""
    return f"No meter was named and there is none: {label} is registered."
