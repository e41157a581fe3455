"""Records of what is gone: accounts, holdings and local states, in every field as a real indexer has them.

A real indexer writes what a whole block left: an account that has nothing afterwards is deleted, whatever emptied it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from algosdk import transaction

from localnet.testing import LocalNet
from tests.localnet.indexer.conftest import FEE, Chain, Person, dispenser, new_person

FUNDS = 1_000_000


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    with LocalNet.spawn(tmp_path_factory.mktemp("localnet")) as net:
        yield Chain(net)


@pytest.fixture(scope="module")
def bank(chain: Chain) -> Person:
    return dispenser(chain)


def funded(chain: Chain, bank: Person) -> tuple[Person, int]:
    """Somebody with some ALGO, and the round in which they got it."""
    person = new_person()
    return person, pay(chain, bank, person, FUNDS)


def pay(chain: Chain, sender: Person, receiver: Person, amount: int, **more: Any) -> int:
    """Send a payment; its round."""
    txn = transaction.PaymentTxn(sender.address, chain.params(), receiver.address, amount, **more)
    return int(chain.send(sender.signer, txn)["confirmed-round"])


def record(chain: Chain, person: Person) -> dict[str, Any]:
    shown: dict[str, Any] = chain.get(f"/v2/accounts/{person.address}", include_all="true")["account"]
    assert shown.pop("address") == person.address
    assert shown.pop("round") >= shown["created-at-round"]
    return shown


def empty(created: int, closed: int, **more: Any) -> dict[str, Any]:
    """The record of an account that is gone."""
    return {
        "amount": 0,
        "amount-without-pending-rewards": 0,
        "closed-at-round": closed,
        "created-at-round": created,
        "deleted": True,
        "min-balance": 100_000,
        "pending-rewards": 0,
        "reward-base": 0,
        "rewards": 0,
        "status": "Offline",
        "total-apps-opted-in": 0,
        "total-assets-opted-in": 0,
        "total-box-bytes": 0,
        "total-boxes": 0,
        "total-created-apps": 0,
        "total-created-assets": 0,
        **more,
    }


def test_closed_by_its_owner(chain: Chain, bank: Person) -> None:
    person, created = funded(chain, bank)
    closed = pay(chain, person, bank, 0, close_remainder_to=bank.address)
    assert record(chain, person) == empty(created, closed, **{"sig-type": "sig"})
    path = f"/v2/accounts/{person.address}"
    assert chain.refusal(path) == (404, f"no accounts found for address: {person.address}")


def test_emptied_to_the_last_microalgo(chain: Chain, bank: Person) -> None:
    """Without a close: what has nothing is gone."""
    person, created = funded(chain, bank)
    closed = pay(chain, person, bank, FUNDS - FEE)
    assert record(chain, person) == empty(created, closed, **{"sig-type": "sig"})


def test_paid_nothing(chain: Chain, bank: Person) -> None:
    """An account that never had anything, and was named as a receiver of nothing."""
    nobody = new_person()
    seen = pay(chain, bank, nobody, 0)
    assert record(chain, nobody) == empty(seen, seen)
    again = pay(chain, bank, nobody, 0)
    assert record(chain, nobody) == empty(seen, again)


def test_closed_and_funded_again(chain: Chain, bank: Person) -> None:
    """It keeps its first round, and the round in which it was closed; a later one takes that one's place."""
    person, created = funded(chain, bank)
    closed = pay(chain, person, bank, 0, close_remainder_to=bank.address)
    pay(chain, bank, person, FUNDS)
    back = record(chain, person)
    assert (back["created-at-round"], back["closed-at-round"], back["deleted"]) == (created, closed, False)
    again = pay(chain, person, bank, 0, close_remainder_to=bank.address)
    assert record(chain, person) == empty(created, again, **{"sig-type": "sig"})


def test_closed_and_funded_again_in_one_block(chain: Chain, bank: Person) -> None:
    """The block leaves an account with something: it was never closed."""
    person, created = funded(chain, bank)
    closing = transaction.PaymentTxn(person.address, chain.params(), bank.address, 0, close_remainder_to=bank.address)
    funding = transaction.PaymentTxn(bank.address, chain.params(), person.address, FUNDS)
    group = transaction.assign_group_id([closing, funding])
    signed = [*person.signer.sign_transactions(group, [0]), *bank.signer.sign_transactions(group, [1])]
    chain.send_signed(signed)
    shown = record(chain, person)
    assert (shown["created-at-round"], shown["deleted"], shown["amount"]) == (created, False, FUNDS)
    assert "closed-at-round" not in shown


def test_a_rekeyed_account_that_was_closed_names_no_authority(chain: Chain, bank: Person) -> None:
    person, created = funded(chain, bank)
    owner = new_person()
    pay(chain, person, person, 0, rekey_to=owner.address)
    closing = transaction.PaymentTxn(person.address, chain.params(), bank.address, 0, close_remainder_to=bank.address)
    closed = int(chain.send(owner.signer, closing)["confirmed-round"])
    assert record(chain, person) == empty(created, closed, **{"sig-type": "sig"})


def test_holdings_that_were_closed(chain: Chain, bank: Person) -> None:
    """A frozen holding is closed to its creator; it stays frozen in its record, and comes back as the asset says."""
    person, created = funded(chain, bank)
    issue = transaction.AssetConfigTxn(
        bank.address, chain.params(), total=10, decimals=0, default_frozen=True, freeze=bank.address,
        strict_empty_address_check=False,
    )  # fmt: skip
    asset = chain.send(bank.signer, issue)["asset-index"]
    opt_in = transaction.AssetTransferTxn(person.address, chain.params(), person.address, 0, asset)
    opened = int(chain.send(person.signer, opt_in)["confirmed-round"])
    leave = transaction.AssetTransferTxn(
        person.address, chain.params(), bank.address, 0, asset, close_assets_to=bank.address
    )
    left = int(chain.send(person.signer, leave)["confirmed-round"])
    closed = pay(chain, person, bank, 0, close_remainder_to=bank.address)
    holding = {
        "amount": 0,
        "asset-id": asset,
        "deleted": True,
        "is-frozen": True,
        "opted-in-at-round": opened,
        "opted-out-at-round": left,
    }
    assert record(chain, person) == empty(created, closed, **{"sig-type": "sig", "assets": [holding]})
