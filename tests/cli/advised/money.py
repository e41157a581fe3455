"""Agreements, invoices, notes, the vault."""

from typing import Final

from algokit_utils import AssetOptOutParams
from algosdk.logic import get_application_address

from tests.cli.advised.case import Case, euro_of
from tests.cli.advised.stages import file, lines
from tests.cli.harness import EPOCH, Cli, agree, allocated, deployed, finalized, issued, recorded
from tests.cli.test_before import all_are_billed, asset, one_is_not_billed
from tests.cli.test_corrections import RESTATE, credited, march, paid
from tests.support.checkpoints import checkpoint

AGREE: Final = f"agreement create --buyer {{BUYER_A}} --treasury {{TREASURY}} --price 0.12 --from {EPOCH} --to 202701"
DEPOSIT: Final = f"vault deposit {EPOCH} 3000"
RESTATED: Final = f"epoch restate {EPOCH} --meter meter-1 --to 44118 --reason high"


@checkpoint
def euro(cli: Cli) -> None:
    """An asset of the outsider's; the treasury holds it."""
    recorded(cli)
    made = asset(cli, manager="OUTSIDER", clawback="BUYER_A")
    cli.done("asset", "opt-in", str(made), *cli.as_("TREASURY"), "--yes")


@checkpoint
def euro_of_the_buyer(cli: Cli) -> None:
    """The buyer holds it, too, and could take it back."""
    euro(cli)
    cli.done("asset", "opt-in", str(euro_of(cli)), *cli.as_("BUYER_A"), "--yes")


@checkpoint
def debited(cli: Cli) -> None:
    """Invoice 1 is paid, and has a charge."""
    paid(cli)
    cli.done("epoch", "restate", EPOCH, "--meter", "meter-1", "--to", "46250", "--reason", "low", "--yes")
    cli.done("invoice", "correct", f"1/{EPOCH}", "--kwh", "750", "--reason", "low", "--yes")


@checkpoint
def late_terms(cli: Cli) -> None:
    """Invoices of agreements with late interest, long past their day: one of them over next to nothing."""
    finalized(cli)
    for buyer, price, kwh in (("BUYER_A", "0.12", "75000"), ("BUYER_B", "0.000001", "1")):
        agree(cli, buyer, price, "--late-interest", "8")
        cli.done("allocate", EPOCH, str(3 + (buyer == "BUYER_B")), kwh, "--yes")


@checkpoint
def restated(cli: Cli) -> None:
    """The month has less than was drawn."""
    paid(cli)
    cli.done(*RESTATE, "--yes")


@checkpoint
def token(cli: Cli) -> None:
    """The kW token exists; nobody has any."""
    deployed(cli)
    cli.done("vault", "bootstrap", "--yes")


@checkpoint
def opted_in(cli: Cli) -> None:
    """Two holders may have kW."""
    token(cli)
    for holder in ("HOLDER_1", "HOLDER_2"):
        cli.done("vault", "opt-in", *cli.as_(holder), "--yes")
    cli.done("vault", "issue", cli.address("HOLDER_1"), "5", "--yes")


@checkpoint
def waiting(cli: Cli) -> None:
    """Everything is billed, and a newer month is final."""
    all_are_billed(cli)
    file("march.csv", lines(month="2026-03"))(cli)
    cli.done("meter", "import", "march.csv", "--fill-gaps", "zero", "--yes")
    cli.done("epoch", "finalize", "202603", "--without", "meter-2", "--without", "meter-3", "--yes")


@checkpoint
def handed_out(cli: Cli) -> None:
    """A holder has kW, and issuance is open."""
    allocated(cli)
    for command in (("bootstrap",), ("opt-in", *cli.as_("HOLDER_1")), ("issue", cli.address("HOLDER_1"), "5")):
        cli.done("vault", *command, "--yes")


@checkpoint
def closed_out(cli: Cli) -> None:
    """A holder gave the kW token back behind the book's back."""
    finalized(cli)
    issued(cli)
    kw = cli.read("vault", "show")["kw_token"]
    vault = str(get_application_address(cli.app_ids()["RevenueVault"]))
    cli.algorand.set_signer_from_account(cli.accounts["HOLDER_1"])
    leave = AssetOptOutParams(sender=cli.address("HOLDER_1"), asset_id=kw, creator=vault)
    cli.algorand.send.asset_opt_out(leave, ensure_zero_balance=False)


CASES: Final = (
    Case(("billing.AgreementCreated",), finalized, AGREE, ("--another",), code=0, shows="Created agreement 3"),
    Case(("billing.AgreementNotFound",), finalized, "agreement show 9", ("agreement list",), shows="{BUYER_A}"),
    Case(
        ("billing.TermsRefused",),
        finalized,
        AGREE.replace("0.12", "0"),
        ("agreement create",),
        shows="--price",
        then=f"{AGREE} --another",
    ),
    Case(("billing.InvoiceNotFound",), allocated, f"invoice show 9/{EPOCH}", ("invoice list",), shows=f"1/{EPOCH}"),
    Case(
        ("billing.InvoiceIsPaid",),
        paid,
        f"invoice void 1/{EPOCH} --reason wrong",
        ("invoice correct", "invoice list"),
        fills={"KWH": "-1", "TEXT": "wrong"},
        shows=f"2/{EPOCH}",
    ),
    Case(
        ("billing.InvoiceWasVoided",),
        allocated,
        f"invoice pay 1/{EPOCH} --mnemonic-env BUYER_A_MNEMONIC",
        ("invoice list",),
        before=(f"invoice void 1/{EPOCH} --reason wrong",),
        shows="VOID",
    ),
    Case(
        ("billing.CannotHoldAsset",),
        euro,
        f"{AGREE} --asset {{EURO}}",
        ("asset opt-in",),
        by="BUYER_A",
        then=f"{AGREE} --asset {{EURO}} --buyer-controls-asset",
    ),
    Case(
        ("billing.BuyerControlsAsset",),
        euro_of_the_buyer,
        f"{AGREE} --asset {{EURO}}",
        ("--buyer-controls-asset",),
    ),
    Case(
        ("billing.InvoiceNotPaid",),
        allocated,
        f"invoice correct 1/{EPOCH} --kwh -1 --reason high",
        ("invoice void",),
        fills={"TEXT": "high"},
        then=f"allocate {EPOCH} 1 74999",
    ),
    Case(
        ("billing.CreditAboveInvoice",),
        credited,
        f"invoice correct 1/{EPOCH} --kwh -74471 --reason high",
        ("invoice notes",),
        shows="530",
    ),
    Case(
        ("billing.NoteNotFound",), credited, f"invoice settle-note 1/{EPOCH} 7", ("invoice notes",), shows="63.6 ALGO"
    ),
    Case(
        ("billing.NoteNotACredit",),
        debited,
        f"invoice apply-credit 1/{EPOCH} 1 --to 202603",
        ("invoice settle-note",),
        by="BUYER_A",
        then=f"invoice notes 1/{EPOCH}",
        shows="Paid 90 ALGO",
    ),
    Case(
        ("billing.NoteIsClosed",),
        march,
        f"invoice apply-credit 1/{EPOCH} 1 --to 202603",
        ("invoice notes",),
        before=(f"invoice settle-note 1/{EPOCH} 1 --mnemonic-env TREASURY_MNEMONIC",),
        shows="SETTLED",
    ),
    Case(
        ("billing.CreditTooLarge",),
        march,
        f"invoice apply-credit 1/{EPOCH} 1 --to 202603",
        ("invoice settle-note",),
        before=("invoice void 1/202603 --reason small", "allocate 202603 1 10"),
        by="TREASURY",
        shows="Paid 63.6 ALGO",
    ),
    Case(
        ("billing.NothingToChargeYet",),
        late_terms,
        f"invoice charge-interest 3/{EPOCH}",
        ("invoice pay",),
        by="BUYER_A",
    ),
    Case(
        ("billing.NoLateInterest",),
        paid,
        f"invoice charge-interest 1/{EPOCH}",
        ("agreement show",),
        name="not agreed",
        shows="0.12 ALGO/kWh",
    ),
    Case(
        ("billing.NoLateInterest",),
        late_terms,
        f"invoice charge-interest 4/{EPOCH}",
        ("invoice show",),
        before=(f"invoice pay 4/{EPOCH} --mnemonic-env BUYER_B_MNEMONIC",),
        shows="PAID",
    ),
    Case(
        ("billing.ShortfallTooSmall",),
        paid,
        f"invoice bill-shortfall 1/{EPOCH} --reason low",
        ("invoice show",),
        shows="75,000 kWh",
    ),
    # --- a month that was restated --------------------------------------------------------------------------------
    Case(
        ("deployment.mend", "deployment.give_back"),
        restated,
        RESTATED,
        ("invoice correct", "invoice void", "vault return-energy", f"allocate {EPOCH}"),
        fills={"TEXT": "high"},
        code=0,
        then=f"invoice show 2/{EPOCH}",
        shows="29,788 kWh",
    ),
    # --- before a deposit -----------------------------------------------------------------------------------------
    Case(("deployment.NotBilled",), one_is_not_billed, DEPOSIT, ("--unbilled 2",), name="they get none"),
    Case(
        ("deployment.NotBilled",),
        one_is_not_billed,
        DEPOSIT,
        (f"allocate {EPOCH}",),
        name="allocate",
        fills={"AGREEMENT": "2", "KWH": "30000"},
    ),
    Case(("deployment.NewerMonthWaits",), waiting, DEPOSIT, ("--older",)),
    # --- the vault ------------------------------------------------------------------------------------------------
    Case(
        ("revenue.UnitsIssued",),
        opted_in,
        "vault issue {HOLDER_1} 5",
        ("--again",),
        code=0,
        shows="10 kW issued in all",
    ),
    Case(
        ("revenue.RevenueDeposited",),
        all_are_billed,
        f"vault deposit {EPOCH} 1000",
        ("--again",),
        before=(f"vault deposit {EPOCH} 1000 --kwh 1",),
        code=0,
        shows="as deposit 2",
    ),
    Case(
        ("revenue.NoKwToken",),
        deployed,
        "vault opt-in {HOLDER_1} --mnemonic-env HOLDER_1_MNEMONIC",
        ("vault bootstrap",),
    ),
    Case(("revenue.IssuanceIsOpen",), handed_out, DEPOSIT, ("vault close-issuance",)),
    Case(
        ("revenue.IssuanceIsClosed",),
        all_are_billed,
        "vault issue {HOLDER_2} 5",
        ("vault transfer",),
        fills={"RECEIVER": "{HOLDER_2}", "KW": "5"},
        by="HOLDER_1",
        shows="Transferred 5 kW",
    ),
    Case(
        ("revenue.NothingIssued",),
        token,
        "vault close-issuance",
        ("vault issue",),
        before=("vault opt-in --mnemonic-env HOLDER_1_MNEMONIC",),
        fills={"HOLDER": "{HOLDER_1}", "KW": "5"},
    ),
    Case(("revenue.NotOptedIn",), token, "vault issue {HOLDER_1} 5", ("vault opt-in",), by="HOLDER_1"),
    Case(
        ("revenue.TooFewUnits",),
        all_are_billed,
        "vault transfer {HOLDER_2} 501 --mnemonic-env HOLDER_1_MNEMONIC",
        ("vault show",),
        shows="500 kW",
    ),
    Case(
        ("revenue.VaultHasTooFewUnits",),
        closed_out,
        "vault hand-out {HOLDER_2} 10",
        ("vault sync",),
        fills={"HOLDER": "{HOLDER_1}"},
    ),
    Case(("audit.closed_out",), closed_out, "audit", ("vault sync",), code=0, shows="Moved 500 kW"),
    Case(
        ("revenue.AssetNotAccepted",),
        euro,
        f"{DEPOSIT} --asset {{EURO}}",
        ("vault opt-in-asset",),
        before=(
            f"epoch finalize {EPOCH}",
            "vault bootstrap",
            "vault opt-in --mnemonic-env HOLDER_1_MNEMONIC",
            "vault issue {HOLDER_1} 5",
            "vault close-issuance",
        ),
        shows="Let net revenue be deposited in EUR",
    ),
    Case(("revenue.TooLittleEnergy",), all_are_billed, f"{DEPOSIT} --kwh 20001", ("--kwh 20000",)),
    Case(("revenue.DepositNotFound",), paid, "vault claim {HOLDER_1} --deposit 7", ("vault show",), shows="3,000 ALGO"),
)
