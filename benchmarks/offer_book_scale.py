"""Cost of create, match and cancel with 10 and with 1,000 active offers: ``python -m benchmarks.offer_book_scale``.

Opcodes, references, fees and deposits are the ledger's own figures, so they do not depend on the machine. The books of
both sizes stay as snapshots of a chain under `.localnet/benchmarks/offer-book`, for whoever wants to look at them:
``python -m localnet restore`` with that folder.
"""

import shutil
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from gridpact.chain.call import Call
from gridpact.chain.specs import Contract
from localnet.testing import LocalNet
from tests.contracts.budgets import Cost, measure
from tests.contracts.conftest import client_of, connect
from tests.contracts.offer_book import calls as book
from tests.contracts.offer_book.states import registered_producer
from tests.contracts.valid_calls import Action, by_anyone
from tests.support.probe import deploy_probe
from tests.support.world import World

CHAIN: Final = Path(__file__).parents[1] / ".localnet" / "benchmarks" / "offer-book"
SIZES: Final = (10, 1_000)
"""Active sell offers."""
OFFERS_A_GROUP: Final = 8
WH: Final = 1_000


def main() -> None:
    shutil.rmtree(CHAIN, ignore_errors=True)
    with LocalNet.spawn(CHAIN) as localnet:
        ledger = connect(client_of(localnet))
        console = Console(width=120)
        costs: dict[int, dict[str, Cost]] = {}
        world = World(ledger)
        registered_producer(world, 2 * max(SIZES) * WH)
        world.send(book.buy(world, WH))
        probe = deploy_probe(world)
        made = 0
        for size in SIZES:
            made = _fill(world, made, size, console)
            localnet.snapshot(f"offers-{size}")
            costs[size] = {str(action): measure(world, action, probe) for action in _actions(made)}
        _show(console, costs)


def _fill(world: World, made: int, wanted: int, console: Console) -> int:
    """Make sell offers until there are as many as wanted."""
    with console.status(f"{wanted} offers"):
        while made < wanted:
            count = min(OFFERS_A_GROUP, wanted - made)
            world.send(*(_sell(world, made + one) for one in range(count)))
            made += count
    return made


def _sell(world: World, offer_id: int) -> Call:
    return book.sell(world, WH, book.SELL_PRICE + offer_id, offer_id=offer_id)


def _actions(made: int) -> list[Action]:
    return [
        Action(Contract.OFFER_BOOK, "createEnergyOffer", by_anyone(lambda world: _sell(world, made)), "producer"),
        Action(Contract.OFFER_BOOK, "matchOffers", by_anyone(lambda world: book.match_both(world, WH)), "operator"),
        Action(
            Contract.OFFER_BOOK,
            "matchOffers",
            by_anyone(lambda world: book.match_both(world, WH // 2, sell_child_id=made, buy_child_id=1)),
            "operator",
            variant="partial",
        ),
        Action(
            Contract.OFFER_BOOK, "cancelEnergyOffer", by_anyone(lambda world: book.cancel_sell(world, 0)), "producer"
        ),
    ]


def _show(console: Console, costs: dict[int, dict[str, Cost]]) -> None:
    shown = Table("Call", box=None, header_style="bold", pad_edge=False)
    for size in SIZES:
        for heading in ("opcodes", "references", "fee", "deposit"):
            shown.add_column(f"{heading}\n{size:,} offers", justify="right")
    for name in costs[SIZES[0]]:
        cells = [
            f"{figure:,}"
            for size in SIZES
            for cost in (costs[size][name],)
            for figure in (cost.opcodes, cost.references, cost.fees_microalgo, cost.deposit_microalgo)
        ]
        shown.add_row(name.removeprefix("offer_book-"), *cells)
    console.print(shown)
    same = all(costs[SIZES[0]][name] == costs[SIZES[1]][name] for name in costs[SIZES[0]])
    console.print("The same at both sizes." if same else "NOT the same at both sizes.")


if __name__ == "__main__":
    main()
