"""The sentences that advise something, and how each is followed."""

from typing import Final

from tests.cli.advised import contracts, meters, money, program, trade

CASES: Final = (*money.CASES, *meters.CASES, *program.CASES, *trade.CASES, *contracts.CASES)

ELSEWHERE: Final = "it is said on other networks than a LocalNet only"
NOT_FOLLOWED: Final = {
    "checkup.NoKeys": ELSEWHERE,
    "commands/energy._amount": f"{ELSEWHERE}: a LocalNet has a default",
    "commands/energy.transfer": f"{ELSEWHERE}: a LocalNet has a default",
    "deployment.NoDeployer": f"{ELSEWHERE}: on a LocalNet the account is made",
    "network.NoKmd": ELSEWHERE,
    "program.ExampleFundsMissing": ELSEWHERE,
    "program.LocalNetDidNotStart": "it is said where no LocalNet can be started",
    "program.Unforeseen": "nothing that can be foreseen brings it about; it asks for a report",
}
"""What cannot be followed on a LocalNet, and why."""
