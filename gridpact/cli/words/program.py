"""What people type, and what the program itself refuses, in words."""

from gridpact.cli import errors
from gridpact.cli.words.kinds import Told, counted, listed, refusal
from gridpact.epochs import NotAnEpoch
from gridpact.example.month import ExampleFundsMissing, ExampleKeysMissing
from gridpact.units import NotANumber, TooLarge, TooManyDecimals, money

# --- what people type -------------------------------------------------------------------------------------------------


@refusal.register
def _(error: NotAnEpoch) -> Told:
    return Told(
        f"{error.epoch_id} is not an epoch: an epoch is a month YYYYMM, for example 202602.", "Check the epoch."
    )


@refusal.register
def _(error: NotANumber) -> Told:
    return Told(
        f"The {error.what} {error.text!r} is not a number such as 3000 or 0.12.",
        "Write digits with at most one decimal point.",
    )


@refusal.register
def _(error: TooManyDecimals) -> Told:
    if not error.decimals:
        return Told(f"The {error.what} {error.text} must be whole.", "Round it.")
    return Told(f"The {error.what} {error.text} has more than {error.decimals} decimals.", "Round it.")


@refusal.register
def _(error: TooLarge) -> Told:
    return Told(f"The {error.what} {error.text} is beyond what the ledger counts.", "Check the unit.")


# --- the program ------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.Stopped) -> Told:
    return Told("Stopped.", "Run the same command again: it resumes where it stopped.")


@refusal.register
def _(error: errors.Unforeseen) -> Told:
    why = f": {error.why}" if error.why else ""
    return Told(
        f"Something unforeseen happened ({error.kind}{why}).",
        "Please report it, with what the same command shows with --verbose before its name.",
    )


@refusal.register
def _(error: errors.OutputUnwritable) -> Told:
    return Told(f"The output cannot be written: {error.why}.", "Make room for it, or write it elsewhere.")


@refusal.register
def _(error: errors.WrongNetwork) -> Told:
    return Told(
        f"The node at {error.address} is on {error.network}, not on {error.named}.",
        f"Check ALGOD_SERVER and .env.{error.named}.",
    )


@refusal.register
def _(error: errors.ReasonMissing) -> Told:
    return Told("The reason is empty.", "Say why with --reason.")


@refusal.register
def _(error: errors.NothingNamed) -> Told:
    return Told("Neither a file nor a text is named, or both.", "Name a file, or give --text.")


@refusal.register
def _(error: errors.ReportMissing) -> Told:
    return Told("Name the report's file or its --sha256, not both.", "See `gridpact epoch anchor --help`.")


@refusal.register
def _(error: errors.SeveralAccounts) -> Told:
    return Told(
        f"The apps have different {error.what}.", "Name one app at a time with --app; see `gridpact roles show`."
    )


@refusal.register
def _(error: ExampleKeysMissing) -> Told:
    are = "are" if len(error.variables) > 1 else "is"
    return Told(
        f"{listed(error.variables)} {are} not set: outside a LocalNet each account of the example needs a key.",
        "Set each to the 25 words of an account of its own, in the environment or in the network's .env file.",
    )


@refusal.register
def _(error: ExampleFundsMissing) -> Told:
    lines = [
        f"{one.name} has {money(one.held_microalgo)} and needs {money(one.needed_microalgo)}: {one.address}"
        for one in error.short
    ]
    return Told(
        "\n".join([f"{counted(len(lines), 'account')} of the example cannot pay for what is ahead:", *lines]) + ".",
        "Fund them, or divide all prices with --scale.",
    )


@refusal.register
def _(error: errors.LocalNetDidNotStart) -> Told:
    return Told(error.said or "The embedded LocalNet did not start.", "See `python -m localnet status`.")


@refusal.register
def _(error: errors.PortalMissing) -> Told:
    return Told("The portal's server is not installed.", 'Install it with `pip install "gridpact[portal]"`.')
