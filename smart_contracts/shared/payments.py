"""The one check of a payment: exactly what was asked for, and nothing besides.

A payment is the typed transaction directly before the call. One that closes or rekeys its sender's account would take
more than was agreed, and a clawback would take it from somebody else.
"""

from algopy import Account, Global, Txn, UInt64, gtxn, itxn, subroutine

from smart_contracts.shared import errors as err


@subroutine(inline=True)
def require_payment(payment: gtxn.PaymentTransaction, sender: Account, receiver: Account, amount: UInt64) -> None:
    """Refuse a payment of ALGO that is not exactly this.

    Raises:
        err.WRONG_SENDER: it comes from another account.
        err.WRONG_RECEIVER: it goes to another account.
        err.WRONG_AMOUNT: it is not the exact amount.
        err.CLOSE_NOT_ALLOWED: it closes the sender's account.
        err.REKEY_NOT_ALLOWED: it rekeys the sender's account.
    """
    assert payment.sender == sender, err.WRONG_SENDER
    assert payment.receiver == receiver, err.WRONG_RECEIVER
    assert payment.amount == amount, err.WRONG_AMOUNT
    assert payment.close_remainder_to == Global.zero_address, err.CLOSE_NOT_ALLOWED
    assert payment.rekey_to == Global.zero_address, err.REKEY_NOT_ALLOWED


@subroutine(inline=True)
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
    assert payment.sender == sender, err.WRONG_SENDER
    assert payment.asset_receiver == receiver, err.WRONG_RECEIVER
    assert payment.asset_amount == amount, err.WRONG_AMOUNT
    assert payment.asset_close_to == Global.zero_address, err.CLOSE_NOT_ALLOWED
    assert payment.rekey_to == Global.zero_address, err.REKEY_NOT_ALLOWED


@subroutine(inline=True)
def require_mbr(payment: gtxn.PaymentTransaction, amount: UInt64) -> None:
    """Refuse anything but the exact storage deposit, from the caller to this app.

    Raises:
        err.MBR_NOT_PAID: it is something else, or something besides.
    """
    assert payment.sender == Txn.sender, err.MBR_NOT_PAID
    assert payment.receiver == Global.current_application_address, err.MBR_NOT_PAID
    assert payment.amount == amount, err.MBR_NOT_PAID
    assert payment.close_remainder_to == Global.zero_address, err.MBR_NOT_PAID
    assert payment.rekey_to == Global.zero_address, err.MBR_NOT_PAID


@subroutine(inline=True)
def require_mbr_at_least(mbr: gtxn.PaymentTransaction, deposit: UInt64) -> None:
    """The payment covers what the boxes of this call cost; the rest goes back to the caller.

    So a call that waits for its signature does not depend on which boxes others make meanwhile. The caller's fee covers
    the inner payment.

    Args:
        mbr: the payment, from the caller to this app.
        deposit: what the boxes that this call makes add to this app's minimum balance, in microALGO.

    Raises:
        err.MBR_NOT_PAID: the payment is less, or something else besides.
    """
    assert mbr.sender == Txn.sender, err.MBR_NOT_PAID
    assert mbr.receiver == Global.current_application_address, err.MBR_NOT_PAID
    assert mbr.amount >= deposit, err.MBR_NOT_PAID
    assert mbr.close_remainder_to == Global.zero_address, err.MBR_NOT_PAID
    assert mbr.rekey_to == Global.zero_address, err.MBR_NOT_PAID
    if mbr.amount > deposit:
        _give_to_caller(mbr.amount - deposit)


@subroutine(inline=False)
def _give_to_caller(amount: UInt64) -> None:
    itxn.Payment(receiver=Txn.sender, amount=amount, fee=0).submit()
