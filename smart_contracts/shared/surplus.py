"""ALGO that an app does not need, and its way back."""

from algopy import Account, Global, Struct, Txn, UInt64, arc4, itxn, subroutine

from smart_contracts.shared import errors as err


class SurplusWithdrawn(Struct, kw_only=True):
    """The admin took ALGO that the app did not need."""

    admin: Account
    amountMicroalgo: UInt64
    timestamp: UInt64


@subroutine
def pay_surplus(amount_microalgo: UInt64, promised_microalgo: UInt64) -> None:
    """Pay ALGO to the caller, who is the admin. The caller's fee covers the inner payment.

    Args:
        amount_microalgo: what to pay out.
        promised_microalgo: what must stay beside the minimum balance.

    Raises:
        err.INVALID_AMOUNT: no ALGO.
        err.OVER_SURPLUS: more than the balance less the minimum balance and what is promised.
    """
    app = Global.current_application_address
    kept = app.min_balance + promised_microalgo
    assert amount_microalgo > 0, err.INVALID_AMOUNT
    assert kept <= app.balance and amount_microalgo <= app.balance - kept, err.OVER_SURPLUS
    itxn.Payment(receiver=Txn.sender, amount=amount_microalgo, fee=0).submit()
    arc4.emit(SurplusWithdrawn(admin=Txn.sender, amountMicroalgo=amount_microalgo, timestamp=Global.latest_timestamp))
