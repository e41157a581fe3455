"""The program's reasons for a refusal, worded as algod words them."""

from localnet.algod.submission import Group
from localnet.engine.ledger import Ledger, RefusedError
from localnet.http import ApiError


def pool_refusal(refusal: RefusedError, group: Group, ledger: Ledger) -> ApiError:
    """The answer to a refused submission."""
    return ApiError(400, f"TransactionPool.Remember: {str(refusal).strip().splitlines()[-1]}")
