"""Clear the market: ``python scripts/match_offers.py``.

Matches all offers that cross, to the greatest welfare, and plans again where others change the book meanwhile. The
operator signs: `OPERATOR_MNEMONIC`, or on a LocalNet the wallet OPERATOR.
"""

from gridpact import Role, clear, connect, find, sign_as
from gridpact.market.book import OpenBook, plan_market


def main() -> None:
    connection = connect()
    market = find(connection).market
    operator = market.state().roles.operator
    sign_as(connection, operator, Role.OPERATOR)

    plan = plan_market(OpenBook.read(market))
    print(f"{len(plan.matches)} pairs, {plan.traded_wh:,} Wh")
    for sent in clear(market, operator).send():
        for event in sent.events:
            if event.name == "OfferMatched":
                print(f"Offer {event.number('offerId')}: {event.number('amountWh'):,} Wh to {event.text('buyer')}")


if __name__ == "__main__":
    main()
