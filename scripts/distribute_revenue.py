"""Distribute a month's net revenue: ``python scripts/distribute_revenue.py 202602 3000000000`` (microALGO).

The operator deposits it, and every holder of kW tokens is paid their exact share. A deposit that was made, and a share
that was claimed, is left as it is. The operator signs: `OPERATOR_MNEMONIC`, or on a LocalNet the wallet OPERATOR.
"""

import sys

from gridpact import Role, claim, connect, deposit, find, sign_as


def main(month: str, net_microalgo: str) -> None:
    connection = connect()
    apps = find(connection)
    operator = apps.revenue.state().roles.operator
    sign_as(connection, operator, Role.OPERATOR)

    deposit(apps.revenue, apps.production, operator, int(month), int(net_microalgo)).send()
    holders = [holder.address for holder in apps.revenue.holders()]
    for sent in claim(apps.revenue, operator, holders).send():
        for event in sent.events:
            if event.name == "RevenueClaimed":
                print(f"{event.text('holder')}: {event.number('amountMicroalgo'):,} microALGO")

    vault = apps.revenue.state()
    print(f"{vault.paid_microalgo:,} of {vault.deposited_microalgo:,} microALGO are paid.")


if __name__ == "__main__":
    main(*sys.argv[1:])
