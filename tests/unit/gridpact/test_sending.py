"""Waiting for a group that was sent."""

from typing import Any

import pytest
from algosdk.account import generate_account
from algosdk.atomic_transaction_composer import AccountTransactionSigner
from algosdk.transaction import PaymentTxn, SignedTransaction, SuggestedParams

from gridpact.chain.apps import Apps
from gridpact.chain.errors import LedgerError, LedgerReason
from gridpact.chain.sending import SignedGroup

VALID_ROUNDS = 3


class Silent:
    """A node that keeps a transaction in its pool, and goes on without it."""

    round = 10

    def pending_transaction_info(self, _tx_id: str) -> dict[str, Any]:
        return {"pool-error": ""}

    def status(self) -> dict[str, Any]:
        return {"last-round": self.round}

    def status_after_block(self, _round: int) -> None:
        assert self.round < 10 + VALID_ROUNDS, "nobody waits longer than a group is valid"
        self.round += 1


def test_wait_ends_with_the_groups_validity() -> None:
    key, address = generate_account()
    parameters = SuggestedParams(1_000, 10, 10 + VALID_ROUNDS, "A" * 43 + "=", flat_fee=True)
    (signed,) = AccountTransactionSigner(key).sign_transactions([PaymentTxn(address, parameters, address, 0)], [0])
    assert isinstance(signed, SignedTransaction)
    group = SignedGroup((signed,))
    node: Any = Silent()
    with pytest.raises(LedgerError) as caught:
        group.wait(node, Apps(node))
    assert caught.value.reason is LedgerReason.EXPIRED
    assert node.round == 10 + VALID_ROUNDS
