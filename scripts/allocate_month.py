"""Allocate a month's energy to agreements: ``python scripts/allocate_month.py 202602 1=75000 2=30000``.

Each agreement gets its kWh and its invoice. What is allocated already is left as it is, so that a second run sends
nothing. The operator signs: `OPERATOR_MNEMONIC`, or on a LocalNet the wallet OPERATOR.
"""

import sys

from gridpact import Allocation, Role, allocate, connect, find, sign_as


def main(month: str, *shares: str) -> None:
    connection = connect()
    apps = find(connection)
    operator = apps.billing.state().roles.operator
    sign_as(connection, operator, Role.OPERATOR)

    plan = [Allocation(*map(int, share.split("="))) for share in shares]
    work = allocate(apps.billing, apps.production, operator, int(month), plan)
    for sent in work.send():
        for event in sent.events:
            if event.name == "InvoiceIssued":
                invoice = f"{event.number('agreementId')}/{event.number('epochId')}"
                print(f"Invoice {invoice}: {event.number('kwh'):,} kWh, {event.number('amount'):,} base units")

    ledger = apps.production.ledger(int(month))
    if ledger is not None:
        print(f"{ledger.remaining_wh:,} Wh of {ledger.recorded_wh:,} Wh remain.")


if __name__ == "__main__":
    main(*sys.argv[1:])
