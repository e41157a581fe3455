"""The one check of a payment: exactly what was asked for, and nothing besides.

A payment is the typed transaction directly before the call. One that closes or rekeys its sender's account would take
more than was agreed, and a clawback would take it from somebody else.
"""

from algopy import Account, Global, Txn, UInt64, gtxn, itxn, subroutine

from smart_contracts.shared import errors as err


@subroutine
def require_payment(payment: gtxn.PaymentTransaction, sender: Account, receiver: Account, amount: UInt64) -> None:
    """Refuse a payment of ALGO that is not exactly this.

    Raises:
        err.WRONG_SENDER: it comes from another account.
        err.WRONG_RECEIVER: it goes to another account.
        err.WRONG_AMOUNT: it is not the exact amount.
        err.CLOSE_NOT_ALLOWED: it closes the sender's account.
        err.REKEY_NOT_ALLOWED: it rekeys the sender's account.
    """
    _require_transfer(payment.sender, sender, payment.receiver, receiver, payment.amount, amount)
    _require_nothing_besides(payment.close_remainder_to, payment.rekey_to)


@subroutine
def require_asset_transfer(
    payment: gtxn.AssetTransferTransaction, asset_id: UInt64, sender: Account, receiver: Account, amount: UInt64
) -> None:
    """Refuse a transfer of an asset that is not exactly this.

    Raises:
        err.WRONG_ASSET: it is of another asset.
        err.CLAWBACK_NOT_ALLOWED: it takes the units of somebody else.
        err.WRONG_SENDER, err.WRONG_RECEIVER, err.WRONG_AMOUNT, err.CLOSE_NOT_ALLOWED, err.REKEY_NOT_ALLOWED: as of
            a payment of ALGO.
    """
    assert payment.xfer_asset.id == asset_id, err.WRONG_ASSET
    # A clawback is sent by the asset's clawback account but takes the units of `asset_sender`.
    assert payment.asset_sender == Global.zero_address, err.CLAWBACK_NOT_ALLOWED
    _require_transfer(payment.sender, sender, payment.asset_receiver, receiver, payment.asset_amount, amount)
    _require_nothing_besides(payment.asset_close_to, payment.rekey_to)


@subroutine
def require_mbr(payment: gtxn.PaymentTransaction, amount: UInt64) -> None:
    """Refuse anything but the exact storage deposit, from the caller to this app.

    Raises:
        err.MBR_NOT_PAID: it is something else, or something besides.
    """
    assert (
        payment.sender == Txn.sender
        and payment.receiver == Global.current_application_address
        and payment.amount == amount
        and payment.close_remainder_to == Global.zero_address
        and payment.rekey_to == Global.zero_address
    ), err.MBR_NOT_PAID


@subroutine
def require_mbr_at_least(mbr: gtxn.PaymentTransaction, deposits_before: UInt64) -> None:
    """The payment covers what the boxes made since `deposits_before` cost; the rest goes back to the caller.

    So a call that waits for its signature does not depend on which boxes others make meanwhile. The caller's fee covers
    the inner payment.

    Args:
        mbr: the payment, from the caller to this app.
        deposits_before: this app's minimum balance before the boxes were made.

    Raises:
        err.MBR_NOT_PAID: the payment is less, or something else besides.
    """
    app = Global.current_application_address
    deposit = app.min_balance - deposits_before
    assert (
        mbr.sender == Txn.sender
        and mbr.receiver == app
        and mbr.amount >= deposit
        and mbr.close_remainder_to == Global.zero_address
        and mbr.rekey_to == Global.zero_address
    ), err.MBR_NOT_PAID
    if mbr.amount > deposit:
        itxn.Payment(receiver=Txn.sender, amount=mbr.amount - deposit, fee=0).submit()


@subroutine
def _require_transfer(
    seen_sender: Account, sender: Account, seen_receiver: Account, receiver: Account, seen: UInt64, amount: UInt64
) -> None:
    assert seen_sender == sender, err.WRONG_SENDER
    assert seen_receiver == receiver, err.WRONG_RECEIVER
    assert seen == amount, err.WRONG_AMOUNT


@subroutine
def _require_nothing_besides(close_to: Account, rekey_to: Account) -> None:
    assert close_to == Global.zero_address, err.CLOSE_NOT_ALLOWED
    assert rekey_to == Global.zero_address, err.REKEY_NOT_ALLOWED
