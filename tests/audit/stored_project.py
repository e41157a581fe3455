"""A project's life as blocks, of any length at once, that an audit finds nothing against; and a node that serves it.

The events are those that the contracts would have logged: energy is metered before it is drawn, invoices are paid with
their exact amount and corrected by notes of every kind, holders claim their share in ALGO and in an asset, offers are
matched best first. What the apps hold is what the replay makes of it, so this chain measures an audit and proves
nothing of its rules: those are tested on real ledgers.
"""

import base64
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from algosdk import abi, encoding
from algosdk.logic import get_application_address

from gridpact.audit.audit import Auditor
from gridpact.audit.present import program_hash
from gridpact.audit.replay.app import ACCOUNT_MICROALGO, deposit_of
from gridpact.audit.replay.billing import CREDIT, DEBIT, INTEREST, SHORTFALL, due_ts
from gridpact.chain.programs import approval, clear
from gridpact.chain.specs import Contract, spec
from gridpact.contracts.offer_book_config import ACCOUNT_MBR_MICROALGO as ACCOUNT_BOX_MICROALGO
from gridpact.contracts.offer_book_config import OFFER_MBR_MICROALGO as OFFER_MICROALGO
from gridpact.contracts.ppa_config import NOTE_MBR_MICROALGO
from gridpact.contracts.revenue_vault_config import KW_TOKEN_DECIMALS, KW_TOKEN_TOTAL_UNITS
from gridpact.contracts.revenue_vault_layout import AssetRevenue
from gridpact.epochs import epoch_end_ts, epoch_start_ts
from tests.history.stored_chain import (
    APPS,
    GENESIS_ID,
    REVENUE_ASSET,
    Entry,
    Node,
    StoredChain,
    asset_transfer,
    call,
    event,
    nothing,
    payment,
)
from tests.history.support import source_of

READINGS_A_MONTH: Final = 112
METERS: Final = 8
GROUP: Final = 16
WH: Final = 4_000_000
AGREEMENTS: Final = 60
HOLDERS: Final = 8
UNITS: Final = 1_000
OFFERS_A_MONTH: Final = 48
MOST_KWH: Final = 500
PRICE: Final = 120_000
MINIMUM_KWH: Final = 100
LATE_INTEREST_BPS: Final = 800
PAYS_LATE, CREDITED, REFUNDED, CHARGED, SPARED, SHORT = range(1, 7)
"""Agreements of the first six: whose invoice is paid a month late; whose credit is set against the next month's, and is
paid back; whose debit is paid, and taken back; who is billed what they took too little."""
KW_TOKEN: Final = 2_001
FIRST_YEAR: Final = 2026
ASKED_FOR: Final = {
    "kWhAmount": "kwh",
    "netAmount": "netAmountMicroalgo",
    "to": "holder",
    "kwhReceiptId": "kwhReceiptApp",
    "sellId": "offerId",
}
"""Fields of events by what methods call them."""
A_LOT_MICROALGO: Final = 10**15
"""In each app's account, above its minimum balance."""


class StoredProject:
    """Month after month: readings, invoices, payments, a deposit and its claims, and a market."""

    def __init__(self, seed: int, agreements: int = AGREEMENTS) -> None:
        self.chain = StoredChain()
        self.events = 0
        self._random = Random(seed)
        self._operator, self._treasury = self._random.randbytes(32), self._random.randbytes(32)
        self._buyers = [self._random.randbytes(32) for _ in range(agreements)]
        self._holders = [self._random.randbytes(32) for _ in range(HOLDERS)]
        self._producers = [self._random.randbytes(32) for _ in range(METERS - 1)]
        self._months = 0
        self._intervals = 0
        self._deposits = 0
        self._carried = {0: 0, REVENUE_ASSET: 0}
        self._unpaid: list[dict[str, Any]] = []
        """Invoices of the month before."""
        self._credit: dict[str, Any] | None = None
        """That the next invoice of `CREDITED` gets."""
        self._offers = {"sell": 0, "buy": 0}
        self._has_account = {*self._producers}
        self._told: dict[bytes, dict[str, Any]] = {}
        """The fields of events that no call has logged yet."""
        self._closed: deque[tuple[str, int, bytes]] = deque()
        self._begin()

    def tell(self, events: int) -> StoredChain:
        """Go on for whole months until there were so many events."""
        while self.events < events:
            self._month()
        return self.chain

    def tell_months(self, months: int) -> StoredChain:
        """Go on for so many months."""
        for _ in range(months):
            self._month()
        return self.chain

    @property
    def buyer(self) -> str:
        """The one of the first agreement."""
        return _text(self._buyers[0])

    # --- what every month has ---------------------------------------------------------------------------------------

    def _log(self, contract: Contract, name: str, **fields: Any) -> bytes:
        self.events += 1
        log = event(contract, name, self.chain.ts, **fields)
        self._told[log] = fields
        return log

    def _call(
        self,
        contract: Contract,
        method: str,
        *logs: bytes,
        inner: tuple[Entry, ...] = (),
        sender: bytes | None = None,
    ) -> Entry:
        """A call that asks for what its first event tells."""
        entry = call(contract, method, sender or self._operator, logs, inner)
        entry["txn"]["apaa"] += _arguments(contract, method, self._told.pop(logs[0]))
        return entry

    def _begin(self) -> None:
        for contract, app_id in APPS.items():
            program = approval(contract, updatable=False, deletable=False)
            log = self._log(
                contract,
                "Created",
                admin=_text(self._operator),
                operator=_text(self._operator),
                kwhReceiptApp=APPS[Contract.KWH_RECEIPT],
                programHash=program_hash(program),
            )
            self._told[log] |= {"genesisHash": self.chain.genesis_hash}
            entry = self._call(contract, "create", log)
            del entry["txn"]["apid"]
            self.chain.add([entry | {"apid": app_id}])
        for number, contract in enumerate((Contract.PPA, Contract.REVENUE_VAULT, Contract.OFFER_BOOK), start=1):
            log = self._log(Contract.KWH_RECEIPT, "ConsumerSet", consumer=number, appId=APPS[contract])
            self.chain.add([self._call(Contract.KWH_RECEIPT, "setConsumer", log)])
        for meter, producer in enumerate([bytes(32), *self._producers], start=1):
            log = self._log(Contract.KWH_RECEIPT, "MeterRegistered", meterId=meter, producer=_text(producer))
            self.chain.add([self._call(Contract.KWH_RECEIPT, "registerMeter", log)])
        log = self._log(Contract.REVENUE_VAULT, "KwTokenCreated", assetId=KW_TOKEN, totalUnits=KW_TOKEN_TOTAL_UNITS)
        self.chain.add([self._call(Contract.REVENUE_VAULT, "bootstrap", log)])
        for number, holder in enumerate(self._holders, start=1):
            issued = number * UNITS
            log = self._log(
                Contract.REVENUE_VAULT,
                "UnitsIssued",
                holder=_text(holder),
                units=UNITS,
                holderUnits=UNITS,
                issuedUnits=issued,
            )
            self.chain.add(
                [self._call(Contract.REVENUE_VAULT, "issue", log, inner=(transfer(vault(), holder, KW_TOKEN, UNITS),))]
            )
        log = self._log(Contract.REVENUE_VAULT, "IssuanceClosed", supplyUnits=HOLDERS * UNITS)
        self.chain.add([self._call(Contract.REVENUE_VAULT, "closeIssuance", log)])
        log = self._log(Contract.REVENUE_VAULT, "AssetOptedIn", assetId=REVENUE_ASSET)
        deposit = ACCOUNT_MICROALGO + deposit_of(b"a" + REVENUE_ASSET.to_bytes(8), AssetRevenue)
        opt_in = self._call(Contract.REVENUE_VAULT, "optInAsset", log, inner=(asset_payment(vault(), vault(), 0),))
        self.chain.add([payment(self._operator, vault(), deposit), opt_in])
        for number, buyer in enumerate(self._buyers, start=1):
            log = self._log(
                Contract.PPA,
                "AgreementCreated",
                agreementId=number,
                buyer=_text(buyer),
                treasury=_text(self._treasury),
                pricePerKwh=PRICE,
                minimumKwh=MINIMUM_KWH,
                lateInterestBps=LATE_INTEREST_BPS,
                firstEpoch=FIRST_YEAR * 100 + 1,
                lastEpoch=299_912,
                dueDay=15,
            )
            self.chain.add([self._call(Contract.PPA, "createAgreement", log)])

    def _month(self) -> None:
        years, month = divmod(self._months, 12)
        epoch = (FIRST_YEAR + years) * 100 + month + 1
        self._months += 1
        begin = epoch_start_ts(epoch)
        self.chain.ts = max(self.chain.ts, epoch_end_ts(epoch) + 1)
        self.chain.add()  # time is known from the block before
        recorded_wh = self._read(epoch, begin)
        self._market(epoch)
        log = self._log(Contract.KWH_RECEIPT, "EpochFinalized", epochId=epoch, totalWh=recorded_wh)
        self.chain.add([self._call(Contract.KWH_RECEIPT, "finalizeEpoch", log)])
        self._pay_late()
        remaining_wh = self._bill(epoch, recorded_wh)
        self._share(epoch, remaining_wh)
        self._share(epoch, 0, REVENUE_ASSET)

    def _read(self, epoch: int, begin: int) -> int:
        """The project's meter reads twice as much as the others together."""
        step = (epoch_end_ts(epoch) + 1 - begin) // (READINGS_A_MONTH // METERS)
        group: list[Entry] = []
        recorded_wh = 0
        for number in range(READINGS_A_MONTH):
            turn, meter = divmod(number, METERS)
            wh = WH * 10 if meter == 0 else WH
            recorded_wh += wh if meter == 0 else 0
            self._intervals += 1
            log = self._log(
                Contract.KWH_RECEIPT,
                "ProductionRecorded",
                epochId=epoch,
                meterId=meter + 1,
                intervalId=self._intervals,
                producer=_text([bytes(32), *self._producers][meter]),
                wh=wh,
                quality=1,
                startTs=begin + turn * step,
                endTs=begin + (turn + 1) * step,
                sourceHash=self._random.randbytes(32),
            )
            group.append(self._call(Contract.KWH_RECEIPT, "recordReading", log))
            if len(group) == GROUP:
                self.chain.add(group)
                group = []
        return recorded_wh

    def _bill(self, epoch: int, remaining_wh: int) -> int:
        """Every agreement is billed, all but one are paid, and some corrected; what remains of the energy."""
        for number, buyer in enumerate(self._buyers, start=1):
            kwh = self._random.randint(2, MOST_KWH)
            remaining_wh -= kwh * 1_000
            invoice = {
                "agreementId": number,
                "epochId": epoch,
                "revision": 1,
                "kwh": kwh,
                "pricePerKwh": PRICE,
                "amount": kwh * PRICE,
                "buyer": _text(buyer),
                "treasury": _text(self._treasury),
                "dueTs": due_ts(epoch, 15),
            }
            shortfall_kwh = max(0, MINIMUM_KWH - kwh)
            drawn = self._draw(Contract.PPA, epoch, 1, kwh * 1_000, remaining_wh, number)
            issued = self._log(Contract.PPA, "InvoiceIssued", shortfallKwh=shortfall_kwh, **invoice)
            self.chain.add([self._call(Contract.PPA, "allocateProduction", issued, inner=(drawn,))])
            if number == PAYS_LATE:
                self._unpaid.append(invoice)
                continue
            self._pay(invoice, self._apply_credit(invoice) if number == CREDITED else 0)
            remaining_wh = self._correct(invoice, shortfall_kwh, remaining_wh)
        return remaining_wh

    def _pay(self, invoice: dict[str, Any], applied: int = 0) -> None:
        buyer = self._buyers[invoice["agreementId"] - 1]
        paid = self._log(
            Contract.PPA, "InvoicePaid", paidRound=len(self.chain.blocks), appliedAmount=applied, **invoice
        )
        money = payment(buyer, self._treasury, invoice["amount"] - applied)
        self.chain.add([money, self._call(Contract.PPA, "settlePayment", paid, sender=buyer)])

    def _apply_credit(self, invoice: dict[str, Any]) -> int:
        """Last month's credit is set against an invoice; how much that is."""
        if self._credit is None:
            return 0
        amount: int = self._credit["amount"]
        log = self._log(
            Contract.PPA,
            "CreditApplied",
            agreementId=CREDITED,
            epochId=self._credit["epochId"],
            note=self._credit["note"],
            toEpochId=invoice["epochId"],
            amount=amount,
            dueAmount=invoice["amount"] - amount,
        )
        self.chain.add([self._call(Contract.PPA, "applyCredit", log)])
        return amount

    def _pay_late(self) -> None:
        """Last month's invoice, with interest."""
        while self._unpaid:
            invoice = self._unpaid.pop()
            buyer = self._buyers[invoice["agreementId"] - 1]
            days = self.chain.ts // 86_400 - invoice["dueTs"] // 86_400
            self._pay(invoice)
            amount = invoice["amount"] * LATE_INTEREST_BPS * days // 3_650_000
            fields = self._note_fields(invoice, INTEREST, 0, amount)
            log = self._log(Contract.PPA, "NoteIssued", **fields)
            deposit = payment(buyer, account_of(Contract.PPA), NOTE_MBR_MICROALGO)
            self.chain.add([deposit, self._call(Contract.PPA, "issueInterest", log, sender=buyer)])
            self._settle_note(fields)

    def _correct(self, invoice: dict[str, Any], shortfall_kwh: int, remaining_wh: int) -> int:
        """The note that its agreement has every month; what remains of the energy."""
        number, epoch = invoice["agreementId"], invoice["epochId"]
        if number in (CREDITED, REFUNDED):
            remaining_wh += 1_000
            back = self._draw(Contract.PPA, epoch, 1, 1_000, remaining_wh, number, event="EnergyReturned")
            note = self._note(invoice, CREDIT, 1, back)
            if number == CREDITED:
                self._credit = note
            else:
                self._settle_note(note)
        elif number in (CHARGED, SPARED):
            drawn = self._draw(Contract.PPA, epoch, 1, 1_000, remaining_wh - 1_000, number)
            note = self._note(invoice, DEBIT, 1, drawn)
            if number == CHARGED:
                self._settle_note(note)
                return remaining_wh - 1_000
            back = self._draw(Contract.PPA, epoch, 1, 1_000, remaining_wh, number, event="EnergyReturned")
            told = {name: note[name] for name in ("agreementId", "epochId", "note", "kind", "kwh", "amount")}
            log = self._log(Contract.PPA, "NoteVoided", reasonHash=self._random.randbytes(32), **told)
            self.chain.add([self._call(Contract.PPA, "voidNote", log, inner=(back,))])
        elif number == SHORT and shortfall_kwh:
            self._settle_note(self._note(invoice, SHORTFALL, shortfall_kwh))
        return remaining_wh

    def _note(self, invoice: dict[str, Any], kind: int, kwh: int, *inner: Entry) -> dict[str, Any]:
        fields = self._note_fields(invoice, kind, kwh, kwh * PRICE)
        log = self._log(Contract.PPA, "NoteIssued", reasonHash=self._random.randbytes(32), **fields)
        self.chain.add([self._call(Contract.PPA, "issueNote", log, inner=inner)])
        return fields

    def _note_fields(self, invoice: dict[str, Any], kind: int, kwh: int, amount: int) -> dict[str, Any]:
        """What the events of the first note on an invoice tell."""
        parties = (invoice["treasury"], invoice["buyer"])
        payer, payee = parties if kind == CREDIT else reversed(parties)
        return {
            "agreementId": invoice["agreementId"],
            "epochId": invoice["epochId"],
            "note": 1,
            "kind": kind,
            "kwh": kwh,
            "amount": amount,
            "payer": payer,
            "payee": payee,
        }

    def _settle_note(self, note: dict[str, Any]) -> None:
        told = {name: value for name, value in note.items() if name != "kwh"}
        payer, payee = (bytes(encoding.decode_address(note[party])) for party in ("payer", "payee"))
        log = self._log(Contract.PPA, "NoteSettled", settledRound=len(self.chain.blocks), **told)
        settled = self._call(Contract.PPA, "settleNote", log, sender=payer)
        self.chain.add([payment(payer, payee, note["amount"]), settled])

    def _draw(
        self,
        contract: Contract,
        epoch: int,
        consumer: int,
        wh: int,
        remaining_wh: int,
        reference: int = 0,
        producer: bytes = bytes(32),
        event: str = "EnergyDrawn",
    ) -> Entry:
        log = self._log(
            Contract.KWH_RECEIPT,
            event,
            producer=_text(producer),
            epochId=epoch,
            consumer=consumer,
            wh=wh,
            remainingWh=remaining_wh,
            reference=reference,
        )
        method = {"EnergyDrawn": "draw", "EnergyReturned": "giveBack"}[event]
        return self._call(Contract.KWH_RECEIPT, method, log, sender=account_of(contract))

    def _share(self, epoch: int, remaining_wh: int, asset_id: int = 0) -> None:
        """Net revenue of what remains, and every holder claims it at once."""
        pay, method = (asset_payment, "depositNetRevenueAsset") if asset_id else (payment, "depositNetRevenue")
        net = self._random.randint(1, 10**10)
        self._deposits += 1
        per_unit, carried = divmod(net + self._carried[asset_id], HOLDERS * UNITS)
        drawn = self._draw(Contract.REVENUE_VAULT, epoch, 2, remaining_wh, 0, self._deposits)
        log = self._log(
            Contract.REVENUE_VAULT,
            "RevenueDeposited",
            epochId=epoch,
            netAmountMicroalgo=net,
            depositId=self._deposits,
            recordTs=epoch_end_ts(epoch),
            carriedInMicroalgo=self._carried[asset_id],
            perUnitMicroalgo=per_unit,
            carriedMicroalgo=carried,
            energyWh=remaining_wh,
            assetId=asset_id,
        )
        money = pay(self._operator, vault(), net)
        self.chain.add([money, self._call(Contract.REVENUE_VAULT, method, log, inner=(drawn,))])
        self._carried[asset_id] = carried
        for holder in self._holders:
            log = self._log(
                Contract.REVENUE_VAULT,
                "RevenueClaimed",
                holder=_text(holder),
                depositId=self._deposits,
                epochId=epoch,
                units=UNITS,
                amountMicroalgo=UNITS * per_unit,
                assetId=asset_id,
            )
            inner = pay(vault(), holder, UNITS * per_unit)
            self.chain.add([self._call(Contract.REVENUE_VAULT, "claim", log, inner=(inner,), sender=holder)])

    def _market(self, epoch: int) -> None:
        """Producers mint and offer; half of the offers are sold, some stay, and closed ones are pruned later."""
        wh = READINGS_A_MONTH // METERS * WH
        for producer in self._producers:
            drawn = self._draw(Contract.OFFER_BOOK, epoch, 3, wh, 0, producer=producer)
            log = self._log(Contract.OFFER_BOOK, "EnergyMinted", producer=_text(producer), epochId=epoch, amountWh=wh)
            self.chain.add([self._call(Contract.OFFER_BOOK, "mintEnergy", log, inner=(drawn,))])
        offers = [self._offer("sell", self._random.choice(self._producers)) for _ in range(OFFERS_A_MONTH)]
        for sell, seller in offers[: OFFERS_A_MONTH // 2]:
            buy, buyer = self._offer("buy", self._random.choice(self._buyers))
            self._match(sell, seller, buy, buyer)
        while len(self._closed) > OFFERS_A_MONTH:
            self._prune(*self._closed.popleft())

    def _offer(self, side: str, maker: bytes) -> tuple[int, bytes]:
        offer = self._offers[side]
        self._offers[side] += 1
        sells = side == "sell"
        price = {"pricePerKwh": 12_000_000} if sells else {"maxPricePerKwh": 13_000_000}
        if sells and offer % OFFERS_A_MONTH >= OFFERS_A_MONTH // 2:
            price = {"pricePerKwh": 14_000_000}  # nobody takes these
        log = self._log(
            Contract.OFFER_BOOK,
            "OfferCreated" if sells else "BuyOfferCreated",
            offerId=offer,
            amountWh=1_000,
            parentId=offer,
            sinceTs=self.chain.ts,
            **{"seller" if sells else "buyer": _text(maker)},
            **price,
        )
        method = "createEnergyOffer" if sells else "createEnergyBuyOffer"
        microalgo = OFFER_MICROALGO + (0 if maker in self._has_account else ACCOUNT_BOX_MICROALGO)
        self._has_account.add(maker)
        deposit = payment(maker, account_of(Contract.OFFER_BOOK), microalgo)
        self.chain.add([deposit, self._call(Contract.OFFER_BOOK, method, log, sender=maker)])
        return offer, maker

    def _match(self, sell: int, seller: bytes, buy: int, buyer: bytes) -> None:
        trade = {"seller": _text(seller), "buyer": _text(buyer), "amountWh": 1_000, "pricePerKwh": 12_000_000}
        logs = [
            self._log(Contract.OFFER_BOOK, "OfferMatched", offerId=sell, **trade),
            self._log(Contract.OFFER_BOOK, "OfferCompleted", offerId=sell, seller=_text(seller)),
            self._log(Contract.OFFER_BOOK, "BuyOfferMatched", offerId=buy, **trade),
            self._log(Contract.OFFER_BOOK, "BuyOfferCompleted", offerId=buy, buyer=_text(buyer)),
        ]
        self._told[logs[0]] |= {"buyId": buy}
        self.chain.add([self._call(Contract.OFFER_BOOK, "matchOffers", *logs)])
        self._closed += [("sell", sell, seller), ("buy", buy, buyer)]

    def _prune(self, side: str, offer: int, maker: bytes) -> None:
        name, role, method = {
            "sell": ("OfferPruned", "seller", "pruneOffer"),
            "buy": ("BuyOfferPruned", "buyer", "pruneBuyOffer"),
        }[side]
        log = self._log(
            Contract.OFFER_BOOK, name, offerId=offer, refundMicroalgo=OFFER_MICROALGO, **{role: _text(maker)}
        )
        refund = payment(account_of(Contract.OFFER_BOOK), maker, OFFER_MICROALGO)
        self.chain.add([self._call(Contract.OFFER_BOOK, method, log, inner=(refund,), sender=maker)])


def _arguments(contract: Contract, method: str, told: Mapping[str, Any]) -> list[bytes]:
    """What a call asked for, by what its event tells; what the event does not tell is zero."""
    [layout] = [found for found in spec(contract)["methods"] if found["name"] == method]
    wanted = [one for one in layout["args"] if one["type"] not in ("pay", "axfer")]
    structs = spec(contract)["structs"]

    def value(name: str, kind: str) -> Any:
        field = next((one for one in (name, ASKED_FOR.get(name, name)) if one in told), None)
        return nothing(kind) if field is None else told[field]

    return [
        bytes(
            abi.ABIType.from_string(one["type"]).encode(
                [value(part["name"], part["type"]) for part in structs[one["struct"]]]
                if "struct" in one
                else value(one["name"], one["type"])
            )
        )
        for one in wanted
    ]


def transfer(sender: bytes, receiver: bytes, asset_id: int, amount: int) -> Entry:
    """Units of an asset that the app claws back from itself."""
    fields = {"type": "axfer", "snd": sender, "arcv": receiver, "xaid": asset_id, "aamt": amount, "asnd": sender}
    return {"txn": {**fields, "fee": 0, "fv": 1, "lv": 1_000}}


def asset_payment(sender: bytes, receiver: bytes, amount: int) -> Entry:
    """A transfer of the asset that revenue comes in."""
    return asset_transfer(sender, receiver, REVENUE_ASSET, amount)


def account_of(contract: Contract) -> bytes:
    """An app's account."""
    return bytes(encoding.decode_address(get_application_address(APPS[contract])))


def vault() -> bytes:
    """The vault's account."""
    return account_of(Contract.REVENUE_VAULT)


def _text(address: bytes) -> str:
    return str(encoding.encode_address(address))


# --- served -----------------------------------------------------------------------------------------------------------


class ProjectNode(Node):
    """The chain with what its apps hold: that which its replay makes of it."""

    def __init__(self, chain: StoredChain) -> None:
        super().__init__(chain)
        with Node(chain).serving() as node:
            auditor = Auditor(node.client, APPS, source_of(node.address))
            auditor.replay()
        self._replays = {APPS[contract]: replay for contract, replay in auditor.replays.items()}
        self._boxes = {
            app_id: {name: _encoded(held) for name, held in sorted(replay.boxes.items())}
            for app_id, replay in self._replays.items()
        }

    def answer(self, path: str) -> tuple[int, bytes]:
        """See `Node`."""
        asked = urlsplit(path)
        match asked.path.strip("/").split("/"):
            case ["v2", "transactions", "params"]:
                return 200, json.dumps(self._parameters()).encode()
            case ["v2", "blocks", round_] if "format=json" in asked.query:
                header = {"rnd": int(round_), "ts": self.chain.times[int(round_)]}
                return 200, json.dumps({"block": header}).encode()
            case ["v2", "applications", app_id]:
                return 200, json.dumps(self._app(int(app_id))).encode()
            case ["v2", "applications", app_id, "boxes"]:
                return 200, json.dumps(self._page(int(app_id), parse_qs(asked.query))).encode()
            case ["v2", "accounts", _, "assets", _]:
                return 200, json.dumps({"asset-holding": {"amount": UNITS}}).encode()
            case ["v2", "assets", _]:
                return 200, json.dumps({"params": self._token()}).encode()
            case ["v2", "accounts", address]:
                return 200, json.dumps(self._account(address)).encode()
        return super().answer(path)

    def _parameters(self) -> Entry:
        return {
            "consensus-version": "future",
            "fee": 0,
            "min-fee": 1_000,
            "genesis-id": GENESIS_ID,
            "genesis-hash": _base64(self.chain.genesis_hash),
            "last-round": self.chain.last_round,
        }

    def _app(self, app_id: int) -> Entry:
        replay = self._replays[app_id]
        state = [
            {"key": base64.b64encode(key.encode()).decode(), "value": _value(value)}
            for key, value in replay.state.items()
        ]
        programs = {
            "approval-program": approval(replay.contract, updatable=False, deletable=False),
            "clear-state-program": clear(replay.contract),
        }
        params = {name: base64.b64encode(program).decode() for name, program in programs.items()}
        return {"id": app_id, "params": params | {"creator": replay.creator, "global-state": state}}

    def _page(self, app_id: int, query: dict[str, list[str]]) -> Entry:
        prefix, after = (_name(query.get(key, ["b64:"])[0]) for key in ("prefix", "next"))
        limit = int(query["limit"][0])
        names = [name for name in self._boxes[app_id] if name.startswith(prefix) and name > after]
        page = [{"name": _base64(name), "value": _base64(self._boxes[app_id][name])} for name in names[:limit]]
        more = {"next-token": f"b64:{page[-1]['name']}"} if len(names) > limit else {}
        return {"boxes": page, "round": self.chain.last_round} | more

    def _token(self) -> Entry:
        app = get_application_address(APPS[Contract.REVENUE_VAULT])
        return {
            "creator": app,
            "clawback": app,
            "freeze": app,
            "default-frozen": True,
            "total": KW_TOKEN_TOTAL_UNITS,
            "decimals": KW_TOKEN_DECIMALS,
        }

    def _account(self, address: str) -> Entry:
        app_id = next(app_id for app_id in self._replays if get_application_address(app_id) == address)
        boxes = sum(deposit_of(name, held) for name, held in self._replays[app_id].boxes.items())
        is_vault = app_id == APPS[Contract.REVENUE_VAULT]
        left = KW_TOKEN_TOTAL_UNITS - HOLDERS * UNITS
        held = {KW_TOKEN: left, REVENUE_ASSET: A_LOT_MICROALGO} if is_vault else {}
        assets = [{"asset-id": one, "amount": amount, "is-frozen": False} for one, amount in held.items()]
        minimum = ACCOUNT_MICROALGO * (1 + len(assets)) + boxes
        return {"address": address, "amount": minimum + A_LOT_MICROALGO, "min-balance": minimum, "assets": assets}


def _encoded(held: Any) -> bytes:
    if isinstance(held, int):
        return held.to_bytes(8, "big")
    return bytes(abi.ABIType.from_string(held.ABI).encode(_plain(held)))


def _plain(held: Any) -> Any:
    if is_dataclass(held):
        return [_plain(getattr(held, one.name)) for one in fields(held)]
    return held


def _value(value: int | str | bytes) -> Entry:
    if isinstance(value, int):
        return {"type": 2, "uint": value, "bytes": ""}
    raw = bytes(encoding.decode_address(value)) if isinstance(value, str) else value
    return {"type": 1, "uint": 0, "bytes": _base64(raw)}


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _name(text: str) -> bytes:
    return base64.b64decode(text.removeprefix("b64:").replace(" ", "+"))
