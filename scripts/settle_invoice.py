"""Pay an invoice: ``python scripts/settle_invoice.py 1 202602``.

One atomic group of two transactions, built here with the typed client: the payment, and directly after it the call of
`settlePayment` that takes it as an argument. The chain verifies both together, or takes neither. The buyer signs:
`BUYER_MNEMONIC`, or on a LocalNet the wallet that holds the buyer's account.
"""

import sys

from algokit_utils import AlgoAmount, CommonAppCallParams, PaymentParams

from gridpact import Role, connect, find, sign_as
from gridpact.contracts.ppa_client import SettlePaymentArgs


def main(agreement: str, month: str) -> None:
    connection = connect()
    billing = find(connection).billing
    invoice = billing.invoice(int(agreement), int(month))
    if invoice is None or not invoice.is_payable:
        sys.exit(f"Invoice {agreement}/{month} is not open.")
    sign_as(connection, invoice.buyer, Role.BUYER)

    payment = connection.algorand.create_transaction.payment(
        PaymentParams(
            sender=invoice.buyer,
            receiver=invoice.treasury,
            amount=AlgoAmount.from_micro_algo(invoice.amount),
            note=b'gridpact:j{"agreement":%d,"epoch":%d}' % (int(agreement), int(month)),
        )
    )
    group = billing.client.new_group().settle_payment(
        SettlePaymentArgs(payment=payment, agreementId=int(agreement), epochId=int(month)),
        CommonAppCallParams(sender=invoice.buyer),
    )
    print(f"Paid {invoice.amount:,} base units in {' '.join(group.send().tx_ids)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
