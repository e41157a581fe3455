"""Refused submissions as algod answers them."""

from localnet.engine.blocks import Tree
from localnet.engine.ledger import Ledger
from localnet.engine.reasons import explain
from localnet.errors import DISK_FULL, speaks_of_a_full_disk
from localnet.http import ApiError


def pool_refusal(reason: str, transactions: list[Tree], ledger: Ledger) -> ApiError:
    """The answer to a refused submission."""
    if speaks_of_a_full_disk(reason):
        return ApiError(503, DISK_FULL)
    failure = explain(reason, transactions, ledger)
    prefix = "" if failure.before_pool else "TransactionPool.Remember: "
    return ApiError(400, prefix + failure.message, failure.data or None)
