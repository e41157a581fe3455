"""The contracts' own errors, with the next step.

Where a command gets so far, or a group that was signed before something else happened, the contract itself refuses.
What the library refuses first is taken as it would be printed; that the contract refuses it is in the contracts' tests.
"""

from typing import Final

from tests.cli.advised.case import Case
from tests.cli.advised.meters import one_meter, two_meters
from tests.cli.advised.money import opted_in, restated, token
from tests.cli.advised.program import REGISTER
from tests.cli.advised.stages import file, held, lines, market
from tests.cli.advised.trade import MINT, two_roofs
from tests.cli.harness import EPOCH, Cli, allocated, deployed, finalized
from tests.cli.test_corrections import credited, march, paid
from tests.support.checkpoints import checkpoint

OUTSIDER: Final = "--mnemonic-env OUTSIDER_MNEMONIC"
SEND: Final = "submit signed.txn"
INVOICE: Final = f"1/{EPOCH}"
TEXT: Final = {"TEXT": "advised", "EPOCH": EPOCH, "INVOICE": INVOICE, "AGREEMENT": "1"}
MATCH: Final = "match:offer --offer-id 0 --buyer {BUYER_A} --amount-wh 1000"
MATCH_BUY: Final = "match:buy-offer --offer-id 0 --seller {HOLDER_1} --amount-wh 1000"
SELL: Final = "create:offer --amount-wh 1000 --price 0.15 --mnemonic-env HOLDER_1_MNEMONIC"


@checkpoint
def to_be_accepted(cli: Cli) -> None:
    """Agreement 3 waits for its buyer."""
    finalized(cli)
    parties = ("--buyer", cli.address("BUYER_A"), "--treasury", cli.address("TREASURY"))
    terms = ("--price", "0.3", "--from", EPOCH, "--to", EPOCH, "--require-acceptance")
    cli.done("agreement", "create", *parties, *terms, "--yes")


def seen(name: str, stage: object, steps: tuple[str, ...], shows: str, by: str = "", **fills: str) -> Case:
    """An error that the library sees coming."""
    assert callable(stage)
    return Case((f"contracts.{name}",), stage, "", steps, fills=TEXT | fills, shows=shows, by=by)


PAYING: Final = (
    "WRONG_AMOUNT",
    "WRONG_RECEIVER",
    "WRONG_SENDER",
    "WRONG_ASSET",
    "CLOSE_NOT_ALLOWED",
    "REKEY_NOT_ALLOWED",
)

CASES: Final = (
    # --- roles ----------------------------------------------------------------------------------------------------
    Case(
        ("contracts.NOT_ADMIN",),
        deployed,
        f"pause {OUTSIDER}",
        ("roles show",),
        shows="{DEPLOYER}",
        then="pause --mnemonic-env DEPLOYER_MNEMONIC",
    ),
    Case(
        ("contracts.NOT_OPERATOR",),
        deployed,
        f"{REGISTER} {OUTSIDER}",
        ("roles show",),
        shows="{OPERATOR}",
        then=f"{REGISTER} --mnemonic-env OPERATOR_MNEMONIC",
    ),
    Case(
        ("contracts.NOT_OWNER",),
        deployed,
        f"grid-price set 0.2 {OUTSIDER}",
        ("roles show",),
        shows="{OPERATOR}",
        then="grid-price set 0.2 --mnemonic-env OPERATOR_MNEMONIC",
    ),
    Case(
        ("contracts.NOT_PROPOSED",),
        deployed,
        SEND,
        ("roles propose",),
        before=(
            "roles propose {BUYER_A} --app PPA",
            held("roles accept --app PPA --mnemonic-env BUYER_A_MNEMONIC", "BUYER_A"),
            "roles propose {OUTSIDER} --app PPA",
        ),
        fills={"ACCOUNT": "{BUYER_A} --app PPA"},
    ),
    Case(("contracts.IS_PAUSED",), deployed, REGISTER, ("unpause",), before=("pause",)),
    seen("INVALID_APP", deployed, ("deploy",), "KWhReceipt"),
    seen("NOT_CONSUMER", deployed, ("deploy",), "KWhReceipt"),
    # --- production -----------------------------------------------------------------------------------------------
    seen("INVALID_METER", one_meter, ("meter list",), "meter-1"),
    Case(
        ("contracts.READING_OVERLAP",),
        two_roofs,
        SEND,
        ("epoch restate",),
        before=(held(f"{MINT} 500 --meter roof-1 --interval 2"), f"{MINT} 400 --meter roof-1 --interval 1"),
        fills=TEXT | {"EPOCH": f"{EPOCH} --meter roof-1", "KWH": "0.9"},
        shows="Restated roof-1",
    ),
    Case(
        ("contracts.OVER_CAPACITY",),
        two_roofs,
        f"{MINT} 9000 --meter roof-1 --start-ts 1769904000 --end-ts 1769907600",
        ("meter list",),
        shows="5 kW",
    ),
    seen("READING_NOT_FOUND", one_meter, ("epoch show",), "meter-1"),
    Case(
        ("contracts.INVALID_REVISION",),
        one_meter,
        SEND,
        ("epoch show",),
        before=(
            held(f"epoch restate {EPOCH} --meter meter-1 --to 44000 --reason high"),
            f"epoch restate {EPOCH} --meter meter-1 --to 44500 --reason high",
        ),
        fills=TEXT,
        shows="44,500 kWh",
    ),
    Case(
        ("contracts.ALREADY_RECORDED",),
        two_meters,
        SEND,
        ("meter import",),
        before=(
            file("late.csv", lines(meter="meter-2", more=1)),
            file("later.csv", lines(meter="meter-2", more=2000)),
            held("meter import late.csv"),
            "meter import later.csv",
        ),
        fills={"FILE": "late.csv"},
        shows="Restated meter-2",
    ),
    Case(
        ("contracts.EPOCH_NOT_FOUND",),
        deployed,
        "",
        ("meter import",),
        before=("meter register meter-1", file("one.csv", lines())),
        fills={"FILE": "one.csv"},
        shows="Recorded 45,000 kWh",
    ),
    seen("EPOCH_NOT_FINAL", one_meter, ("epoch finalize",), "Finalized"),
    Case(
        ("contracts.EPOCH_FINAL",),
        two_meters,
        SEND,
        ("meter import",),
        before=(
            file("late.csv", lines(meter="meter-2", more=1)),
            held("meter import late.csv"),
            f"epoch finalize {EPOCH} --without meter-2",
        ),
        fills={"FILE": "late.csv"},
        shows="Restated meter-2",
    ),
    Case(
        ("contracts.TOTAL_MISMATCH",),
        two_meters,
        SEND,
        ("epoch show",),
        before=(
            file("late.csv", lines(meter="meter-2", more=1)),
            held(f"epoch finalize {EPOCH} --without meter-2"),
            f"epoch restate {EPOCH} --meter meter-1 --to 44500 --reason high",
        ),
        fills=TEXT,
        shows="44,500 kWh",
    ),
    Case(
        ("contracts.OVER_DRAWN",),
        finalized,
        SEND,
        ("epoch show",),
        before=(held(f"allocate {EPOCH} 1 75000"), f"allocate {EPOCH} 2 60000"),
        fills=TEXT,
        shows="65,000 kWh",
    ),
    seen("LEDGER_IN_DEFICIT", restated, ("epoch show",), "882 kWh"),
    # --- agreements -----------------------------------------------------------------------------------------------
    seen("AGREEMENT_NOT_FOUND", finalized, ("agreement list",), "{BUYER_A}"),
    Case(
        ("contracts.AGREEMENT_INACTIVE",),
        march,
        SEND,
        ("agreement show",),
        before=(
            "invoice void 1/202603 --reason wrong",
            held("allocate 202603 1 500"),
            f"agreement end 1 {EPOCH}",
        ),
        fills=TEXT,
        shows="February 2026",
    ),
    seen("INVALID_TERMS", finalized, ("agreement create",), "--escalator"),
    seen("OVER_CAP", finalized, ("agreement show",), "0.12 ALGO/kWh"),
    Case(
        ("contracts.ALREADY_ALLOCATED",),
        finalized,
        SEND,
        ("invoice show",),
        before=(held(f"allocate {EPOCH} 1 75000"), f"allocate {EPOCH} 1 70000"),
        fills=TEXT,
        shows="70,000 kWh",
    ),
    Case(
        ("contracts.NOT_ACCEPTED",),
        to_be_accepted,
        f"allocate {EPOCH} 3 10",
        ("agreement accept",),
        by="BUYER_A",
        fills={"AGREEMENT": "3"},
    ),
    seen("TERMS_MISMATCH", finalized, ("agreement show",), "0.12 ALGO/kWh"),
    # --- invoices and notes ---------------------------------------------------------------------------------------
    seen("INVOICE_NOT_FOUND", allocated, ("invoice list",), INVOICE),
    seen("NOT_PAID", allocated, ("invoice void",), "Voided invoice"),
    Case(
        ("contracts.INVOICE_IS_VOID",),
        allocated,
        SEND,
        ("invoice list",),
        before=(
            held(f"invoice pay {INVOICE} --mnemonic-env BUYER_A_MNEMONIC", "BUYER_A"),
            f"invoice void {INVOICE} --reason wrong",
        ),
        shows="VOID",
    ),
    *(seen(name, allocated, ("invoice pay",), "Paid 9,000 ALGO", by="BUYER_A") for name in PAYING),
    *(
        seen(name, credited, ("invoice notes",), "63.6 ALGO")
        for name in (
            *("INVALID_KIND", "NOTE_NOT_FOUND", "NOTE_IS_VOID", "OVER_CREDITED"),
            "CREDIT_NOT_APPLIED",
        )
    ),
    Case(
        ("contracts.CREDIT_APPLIED",),
        march,
        "",
        ("invoice release-credit",),
        before=(f"invoice apply-credit {INVOICE} 1 --to 202603",),
        fills=TEXT | {"NOTE": "1"},
        shows="Released credit",
    ),
    seen("OVER_SHORTFALL", paid, ("invoice show",), "75,000 kWh"),
    seen("NOT_LATE", paid, ("invoice show", "agreement show"), "0.12 ALGO/kWh"),
    # --- the vault ------------------------------------------------------------------------------------------------
    seen("ISSUANCE_OPEN", opted_in, ("vault close-issuance",), "Closed issuance"),
    Case(
        ("contracts.NOTHING_ISSUED",),
        deployed,
        "",
        ("vault bootstrap", "vault issue"),
        before=("vault bootstrap", "vault opt-in --mnemonic-env HOLDER_1_MNEMONIC"),
        fills={"HOLDER": "{HOLDER_1}", "KW": "5"},
        shows="Issued 5 kW",
    ),
    *(
        seen(name, paid, ("vault show",), "3,000 ALGO")
        for name in ("INVALID_DEPOSIT", "NOTHING_TO_CLAIM", "INSUFFICIENT_BALANCE", "EPOCH_OUT_OF_ORDER")
    ),
    seen("NOT_OPTED_IN", token, ("vault opt-in",), "Opted in", by="HOLDER_1"),
    # --- the offer book -------------------------------------------------------------------------------------------
    Case(
        ("contracts.NOT_A_PRODUCER",),
        two_roofs,
        SELL,
        ("mint:spark",),
        extra="--producer {HOLDER_1} --meter roof-1 --amount-wh 1000",
    ),
    Case(
        ("contracts.INSUFFICIENT_AVAILABLE_BALANCE",),
        market,
        SELL.replace("1000", "4500"),
        ("query:balance", "mint:spark"),
        settings={"PRODUCER_MNEMONIC": "{HOLDER_1_MNEMONIC}"},
        extra="--producer {HOLDER_1} --amount-wh 1000",
    ),
    Case(("contracts.INVALID_OFFER_ID",), market, "cancel:offer --offer-id 7", ("query:offers",), shows="Offer ID: 0"),
    Case(
        ("contracts.OFFER_NOT_ACTIVE",),
        market,
        MATCH,
        ("query:offers",),
        before=("cancel:offer --offer-id 0 --mnemonic-env HOLDER_1_MNEMONIC",),
        fills={"ID": "0"},
        shows="CANCELLED",
        then=SELL,
    ),
    Case(
        ("contracts.INVALID_BUY_OFFER_ID",),
        market,
        "cancel:buy-offer --offer-id 7",
        ("query:buy-offers",),
        shows="Offer ID: 0",
    ),
    Case(
        ("contracts.BUY_OFFER_NOT_ACTIVE",),
        market,
        MATCH_BUY,
        ("query:buy-offers",),
        before=("cancel:buy-offer --offer-id 0 --mnemonic-env BUYER_A_MNEMONIC",),
        fills={"ID": "0"},
        shows="CANCELLED",
    ),
    Case(
        ("contracts.NO_BUYER_CONSENT",),
        market,
        MATCH,
        ("terms set",),
        by="BUYER_A",
        extra="--buy-wh 1000 --max-buy-price 0.2",
    ),
    Case(
        ("contracts.NO_SELLER_CONSENT",),
        market,
        MATCH_BUY,
        ("terms set",),
        by="HOLDER_1",
        extra="--sell-wh 1000 --min-sell-price 0.1",
    ),
    Case(("market.ExpiryTooFar",), market, f"{SELL} --expiry-ts 1969904000000", ("--expiry-ts 1969904000",)),
    Case(("contracts.INVALID_EXPIRY",), market, f"{SELL} --expiry-ts 1600000000", ("--expiry-ts 0",)),
)
