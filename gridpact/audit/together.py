"""What no app shows alone: sums over several of them, the money of treasuries, the kW token in its holders' hands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gridpact.audit.findings import Findings, Kind, Rule, Subject
from gridpact.audit.present import Held, Token
from gridpact.audit.replay.app import ID_BYTES
from gridpact.audit.replay.billing import CREDIT, PAID, SETTLED, WH_PER_KWH, Income
from gridpact.chain.specs import Contract
from gridpact.contracts.revenue_vault_config import KW_TOKEN_DECIMALS, KW_TOKEN_TOTAL_UNITS

WIRED: Final = {
    "ppa_app": Contract.PPA,
    "vault_app": Contract.REVENUE_VAULT,
    "offer_book_app": Contract.OFFER_BOOK,
}
"""Which app each key of KWhReceipt's global state names. The other three name KWhReceipt."""


@dataclass(frozen=True, slots=True)
class ClosedOut:
    """Units of a line of the book whose tokens are back with the vault: anybody may sync them."""

    holder: str
    units: int


def check_wiring(findings: Findings, apps: Mapping[Contract, int], present: Mapping[Contract, Held]) -> None:
    """The apps name each other, and nobody else."""
    for contract, app in present.items():
        subject = Subject(Kind.APP, contract)
        if contract is Contract.KWH_RECEIPT:
            for key, consumer in WIRED.items():
                findings.expect(Rule.WIRING, subject, key, apps.get(consumer, 0), app.state.get(key))
        else:
            key = "kwh_receipt_app"
            findings.expect(Rule.WIRING, subject, key, apps.get(Contract.KWH_RECEIPT, 0), app.state.get(key))


def check_sums(findings: Findings, present: Mapping[Contract, Held]) -> None:
    """Each Wh is in one place, and the apps' sums are those of KWhReceipt's ledgers."""
    ledgers = dict(_boxes(present, Contract.KWH_RECEIPT, b"l"))
    for name, ledger in ledgers.items():
        found = ledger.ppa_wh + ledger.minted_wh + ledger.vault_wh + ledger.remaining_wh
        subject = Subject(Kind.LEDGER, str(int.from_bytes(name[33:], "big")))
        findings.expect(Rule.SUM, subject, "Wh in its places", ledger.recorded_wh + ledger.deficit_wh, found)
    sums: tuple[tuple[Contract, str, str, int], ...] = ()
    if Contract.PPA in present:
        allocated_wh = _number(present, Contract.PPA, "allocated_kwh") * WH_PER_KWH
        sums += ((Contract.PPA, "allocated Wh", "ppa_wh", allocated_wh),)
    if Contract.REVENUE_VAULT in present:
        deposits = (one for _, one in _boxes(present, Contract.REVENUE_VAULT, b"d"))
        shared_wh = sum(one.energy_wh - one.returned_wh for one in deposits)
        sums += ((Contract.REVENUE_VAULT, "Wh of deposits", "vault_wh", shared_wh),)
    if Contract.OFFER_BOOK in present:
        minted_wh = _number(present, Contract.OFFER_BOOK, "minted_wh")
        sums += ((Contract.OFFER_BOOK, "minted Wh", "minted_wh", minted_wh),)
        held_wh = sum(one.virtual_wh for _, one in _boxes(present, Contract.OFFER_BOOK, b"a"))
        left_wh = minted_wh - _number(present, Contract.OFFER_BOOK, "consumed_wh")
        findings.expect(Rule.SUM, Subject(Kind.APP, Contract.OFFER_BOOK), "credit of all accounts", left_wh, held_wh)
    for contract, what, place, found in sums:
        expected = sum(getattr(ledger, place) for ledger in ledgers.values())
        findings.expect(Rule.SUM, Subject(Kind.APP, contract), what, expected, found)


def check_treasuries(findings: Findings, income: Mapping[tuple[str, int], Income], ppa: Held) -> None:
    """What moved to and from each treasury is what its paid invoices and settled notes come to."""
    due: Counter[tuple[str, int]] = Counter()
    invoices = {name[1:]: one for name, one in ppa.boxes.items() if name[:1] == b"i"}
    for one in invoices.values():
        if one.status == PAID:
            due[one.treasury, one.asset_id] += one.amount - one.applied_amount
    for name, note in ppa.boxes.items():
        if name[:1] == b"n" and note.status == SETTLED:
            invoice = invoices.get(name[1:-ID_BYTES])
            if invoice is None:
                continue  # that it is missing, is found where boxes are compared
            due[invoice.treasury, invoice.asset_id] += note.amount if note.kind != CREDIT else -note.amount
    for treasury, asset_id in sorted(due.keys() | income.keys()):
        got = income.get((treasury, asset_id), Income(treasury, asset_id))
        asset = f"asset {asset_id}" if asset_id else "ALGO"
        subject, found = Subject(Kind.TREASURY, treasury), got.received - got.refunded
        findings.expect(Rule.INCOME, subject, f"income in {asset}", due[treasury, asset_id], found)


def check_token(findings: Findings, token: Token, vault: Held, book: Mapping[str, int]) -> list[ClosedOut]:
    """Nobody has more kW tokens than the book says, and all that nobody has are the vault's.

    Args:
        findings: takes what differs.
        token: as the ledger has it.
        vault: RevenueVault, whose own line is among those of the book.
        book: units of each line.

    Returns:
        Lines whose tokens are fewer: they were closed out, which runs no program, and nobody has synced them.
    """
    asset = Subject(Kind.ASSET, "kW token")
    nobody = dict.fromkeys(("manager", "reserve"))
    expected = {"creator": vault.address, "clawback": vault.address, "freeze": vault.address, "default-frozen": True}
    expected |= {"total": KW_TOKEN_TOTAL_UNITS, "decimals": KW_TOKEN_DECIMALS, **nobody}
    for name, found in token.parameters.items():
        findings.expect(Rule.HOLDING, asset, name, expected[name], found)
    closed_out = []
    held = 0
    for holder, units in sorted(book.items()):
        if holder == vault.address:
            continue
        has = token.units.get(holder, 0)
        held += has
        findings.expect(Rule.HOLDING, Subject(Kind.HOLDER, holder), "kW tokens at most", units, max(units, has))
        if has < units:
            closed_out.append(ClosedOut(holder, units - has))
    left = KW_TOKEN_TOTAL_UNITS - held
    findings.expect(Rule.HOLDING, asset, "with the vault", left, _kw_of(vault))
    return closed_out


def _kw_of(vault: Held) -> int:
    asset_id = vault.state.get("kw_token")
    return vault.assets.get(asset_id, 0) if isinstance(asset_id, int) else 0


def _boxes(present: Mapping[Contract, Held], contract: Contract, prefix: bytes) -> Iterable[tuple[bytes, Any]]:
    if contract not in present:
        return ()
    return ((name, held) for name, held in present[contract].boxes.items() if name[:1] == prefix)


def _number(present: Mapping[Contract, Held], contract: Contract, key: str) -> int:
    found = present[contract].state.get(key)
    return found if isinstance(found, int) else 0
