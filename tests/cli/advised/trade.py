"""Credit and offers."""

from typing import Final

from tests.cli.advised.case import Case
from tests.cli.advised.meters import one_meter
from tests.cli.advised.stages import file, market
from tests.cli.harness import EPOCH, Cli, deployed
from tests.support.checkpoints import checkpoint

MINT: Final = f"mint:spark --producer {{HOLDER_1}} --epoch {EPOCH} --amount-wh"
FIRST_HOUR: Final = "--start-ts 1769904000 --end-ts 1769907600"
NEXT_HOUR: Final = "--start-ts 1769911200 --end-ts 1769914800"


@checkpoint
def two_roofs(cli: Cli) -> None:
    """A producer with two meters, and nothing read."""
    deployed(cli)
    for name in ("roof-1", "roof-2"):
        cli.done("meter", "register", name, "--producer", cli.address("HOLDER_1"), "--capacity-kw", "5", "--yes")


@checkpoint
def roof(cli: Cli) -> None:
    """A producer's meter was read by a file of February; nothing is minted."""
    one_meter(cli)
    cli.done("meter", "register", "roof-1", "--producer", cli.address("HOLDER_1"), "--capacity-kw", "5", "--yes")
    lines = [f"roof-1,2026-02-{day:02}T{hour:02}:00:00Z,200" for day in range(1, 29) for hour in range(24)]
    file("roof.csv", "\n".join(["meter_id,interval_start,energy_wh", *lines]))(cli)
    cli.done("meter", "import", "roof.csv", "--yes")


CASES: Final = (
    Case(
        ("market.MeterRead",),
        roof,
        f"{MINT} 134400 --interval 1",
        ("--recorded",),
        code=0,
        shows="Energy minted",
    ),
    Case(
        ("market.NoProducerMeter",),
        deployed,
        "mint:spark --producer {HOLDER_1} --amount-wh 500",
        ("meter register",),
        fills={"NAME": "roof-1", "ACCOUNT": "{HOLDER_1}"},
    ),
    Case(("market.SeveralProducerMeters",), two_roofs, f"{MINT} 500", ("--meter roof-2",)),
    Case(
        ("market.ReadDifferently",),
        market,
        f"{MINT} 501 --interval 1",
        ("--interval 2",),
        name="another interval",
    ),
    Case(
        ("market.ReadDifferently",),
        market,
        f"{MINT} 501 --interval 1",
        ("epoch restate",),
        fills={"KWH": "5.5", "TEXT": "low"},
        shows="Restated roof-1",
    ),
    Case(
        ("market.NotReadYet",),
        two_roofs,
        f"{MINT} 500 --meter roof-1 --start-ts 1769904000 --end-ts 1969904000",
        (FIRST_HOUR,),
        adds_to=f"{MINT} 500 --meter roof-1",
    ),
    Case(("market.ReadAlready",), roof, f"{MINT} 5000", ("--recorded",), name="--recorded"),
    Case(
        ("market.ReadAlready",),
        two_roofs,
        f"{MINT} 500 --meter roof-1 {FIRST_HOUR}",
        (NEXT_HOUR,),
        before=(f"{MINT} 400 --meter roof-1 {FIRST_HOUR}",),
        adds_to=f"{MINT} 500 --meter roof-1",
    ),
    Case(
        ("market.CreditTooSmall",),
        market,
        "offer import offers.csv --mnemonic-env HOLDER_1_MNEMONIC",
        ("query:balance",),
        before=(file("offers.csv", "amount_wh,price\n4001,0.15\n"),),
        shows="4000 Wh",
    ),
    Case(
        ("network.NobodyNamed",),
        market,
        "query:balance",
        (),
        mends={"PRODUCER_MNEMONIC": "{HOLDER_1_MNEMONIC}"},
    ),
    # --- what was left out ----------------------------------------------------------------------------------------
    Case(
        ("commands/terms.set_terms",),
        market,
        "terms set --mnemonic-env BUYER_B_MNEMONIC",
        ("--sell-wh 5", "--min-sell-price 0.1"),
        code=2,
    ),
    Case(
        ("commands/vault.claim",),
        market,
        "vault claim {HOLDER_1} --everybody",
        ("--everybody",),
        code=2,
        adds_to="vault claim",
    ),
)
