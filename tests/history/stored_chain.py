"""A chain that no ledger has made: blocks as algod stores them, of any length at once, told by a seed.

Events follow on each other as the contracts would have it; their amounts are nobody's result. It is served over HTTP as
algod serves its blocks.
"""

import base64
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Final

import msgpack
from algosdk import abi, encoding
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.specs import Contract, spec

GENESIS_ID: Final = "stored-v1"
GENESIS_HASH: Final = bytes(encoding.checksum(b"stored"))
APPS: Final = {
    Contract.KWH_RECEIPT: 1_001,
    Contract.PPA: 1_002,
    Contract.REVENUE_VAULT: 1_003,
    Contract.OFFER_BOOK: 1_004,
}
ZERO: Final = bytes(32)
FIRST_TS: Final = 1_767_225_600
SECONDS_A_BLOCK: Final = 5
REVENUE_ASSET: Final = 2_002
CREDIT, DEBIT, INTEREST, SHORTFALL = range(1, 5)

type Entry = dict[str, Any]


# --- transactions as blocks hold them ---------------------------------------------------------------------------------


def event(contract: Contract, name: str, ts: int, **fields: Any) -> bytes:
    """A log line. Fields that are not given are zero."""
    [layout] = [found for found in spec(contract)["events"] if found["name"] == name]
    types = [argument["type"] for argument in layout["args"]]
    unknown = fields.keys() - {argument["name"] for argument in layout["args"]}
    assert not unknown, (name, unknown)
    values = [
        fields.get(argument["name"], ts if argument["name"] == "timestamp" else nothing(argument["type"]))
        for argument in layout["args"]
    ]
    codec = abi.TupleType([abi.ABIType.from_string(kind) for kind in types])
    return bytes(encoding.checksum(f"{name}({','.join(types)})".encode())[:4] + codec.encode(values))


def call(
    contract: Contract, method: str, sender: bytes, logs: Sequence[bytes] = (), inner: Sequence[Entry] = ()
) -> Entry:
    """A call of a method; arguments after the selector do not matter to history."""
    [layout] = [found for found in spec(contract)["methods"] if found["name"] == method]
    signature = f"{method}({','.join(argument['type'] for argument in layout['args'])}){layout['returns']['type']}"
    delta = {"lg": [log.decode("utf-8", "surrogateescape") for log in logs]} if logs else {}
    entry: Entry = {
        "txn": {
            "type": "appl",
            "snd": sender,
            "fee": 1_000,
            "fv": 1,
            "lv": 1_000,
            "apid": APPS[contract],
            "apaa": [bytes(encoding.checksum(signature.encode())[:4])],
        }
    }
    details = delta | ({"itx": list(inner)} if inner else {})
    return entry | ({"dt": details} if details else {})


def payment(sender: bytes, receiver: bytes, amount: int) -> Entry:
    """A payment."""
    return {
        "txn": {"type": "pay", "snd": sender, "rcv": receiver, "amt": amount, "fee": 1_000, "fv": 1, "lv": 1_000},
        "hgi": True,
    }


def asset_transfer(sender: bytes, receiver: bytes, asset_id: int, amount: int) -> Entry:
    """A transfer of an asset."""
    txn = {"type": "axfer", "snd": sender, "arcv": receiver, "xaid": asset_id, "aamt": amount}
    return {"txn": {**txn, "fee": 1_000, "fv": 1, "lv": 1_000}, "hgi": True}


def nothing(kind: str) -> Any:
    """The zero of a type."""
    if kind == "address":
        return encoding.encode_address(ZERO)
    return ZERO if kind.startswith("byte[") else kind == "" if kind == "bool" else 0


# --- blocks -----------------------------------------------------------------------------------------------------------


@dataclass
class StoredChain:
    """Blocks in a list, the genesis block first."""

    genesis_hash: bytes = GENESIS_HASH
    blocks: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    ts: int = FIRST_TS
    """Of the newest block."""

    def __post_init__(self) -> None:
        self.add()

    @property
    def last_round(self) -> int:
        return len(self.blocks) - 1

    def add(self, *groups: Sequence[Entry]) -> None:
        """The next block. A group of several transactions gets a group id."""
        round_ = len(self.blocks)
        self.ts += SECONDS_A_BLOCK
        self.times.append(self.ts)
        header: dict[str, Any] = {
            "gen": GENESIS_ID,
            "gh": self.genesis_hash,
            "prev": self.hashes[-1] if self.hashes else ZERO,
            "rnd": round_,
            "ts": self.ts,
        }
        entries: list[Entry] = []
        for number, group in enumerate(groups):
            if len(group) > 1:
                id_ = encoding.checksum(b"TG" + round_.to_bytes(8) + number.to_bytes(8))
                for entry in group:
                    entry["txn"]["grp"] = id_
            entries += group
        for number, entry in enumerate(entries):
            entry["txn"]["note"] = round_.to_bytes(8) + number.to_bytes(8)
        header["txn"] = bytes(encoding.checksum(b"TL" + _pack(entries)))
        self.hashes.append(bytes(encoding.checksum(b"BH" + _pack(header))))
        self.blocks.append(_pack({"block": header | ({"txns": entries} if entries else {})}))


def _pack(tree: Any) -> bytes:
    return bytes(msgpack.packb(_sorted(tree), use_bin_type=True, unicode_errors="surrogateescape"))


def _sorted(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _sorted(tree[key]) for key in sorted(tree)}
    return [_sorted(item) for item in tree] if isinstance(tree, list) else tree


# --- a story ----------------------------------------------------------------------------------------------------------


class Story:
    """A project's life, block by block."""

    def __init__(self, seed: int, buyers: int = 8) -> None:
        self.chain = StoredChain()
        self.events = 0
        self._random = Random(seed)
        self._people = [self._random.randbytes(32) for _ in range(buyers)]
        self._operator, self._treasury, self._vault = (self._random.randbytes(32) for _ in range(3))
        self._readings: list[tuple[int, int, int]] = []
        self._revisions: dict[tuple[int, int, int], int] = {}
        self._invoices: dict[tuple[int, int], tuple[str, int]] = {}
        self._notes: dict[tuple[int, int, int], dict[str, Any]] = {}
        """Open ones: what their events tell."""
        self._note_counts: dict[tuple[int, int], int] = {}
        self._deposits: list[int] = []
        """The asset of each."""
        self._unclaimed: list[tuple[int, bytes]] = []
        self._offers: dict[str, dict[int, tuple[bytes, int, str]]] = {"sell": {}, "buy": {}}
        self._made = {"sell": 0, "buy": 0}
        self._since_ts: dict[str, dict[int, int]] = {"sell": {}, "buy": {}}

    def tell(self, events: int) -> StoredChain:
        """Go on until there were so many events."""
        actions = (
            (self._read, 6),
            (self._restate, 1),
            (self._bill, 4),
            (self._close_bill, 4),
            (self._correct, 2),
            (self._close_note, 2),
            (self._deposit, 1),
            (self._claim, 3),
            (self._offer, 5),
            (self._match, 4),
            (self._cancel, 1),
            (self._prune, 2),
            (self._nothing, 1),
        )
        while self.events < events:
            self._random.choices([action for action, _ in actions], [weight for _, weight in actions])[0]()
        return self.chain

    def bill(self, agreement: int, epoch: int, buyer: bytes, *, paid: bool) -> None:
        """An invoice of a chosen buyer."""
        self._issue(agreement, epoch, buyer, 1)
        if paid:
            self._pay(agreement, epoch, buyer, 1)

    @property
    def people(self) -> list[bytes]:
        return self._people

    def _now(self) -> int:
        return self.chain.ts  # contracts see the time of the block before

    def _log(self, contract: Contract, name: str, **fields: Any) -> bytes:
        self.events += 1
        return event(contract, name, self._now(), **fields)

    def _person(self) -> bytes:
        return self._random.choice(self._people)

    def _read(self) -> None:
        group = []
        for _ in range(self._random.randint(1, 4)):
            key = (202601 + len(self._readings) % 12, 1 + len(self._readings) % 3, len(self._readings))
            self._readings.append(key)
            epoch, meter, interval = key
            log = self._log(
                Contract.KWH_RECEIPT,
                "ProductionRecorded",
                epochId=epoch,
                meterId=meter,
                intervalId=interval,
                producer=_text(self._person()),
                wh=self._random.randint(0, 5_000_000),
                startTs=FIRST_TS,
                endTs=FIRST_TS + 3_600,
                sourceHash=self._random.randbytes(32),
            )
            group.append(call(Contract.KWH_RECEIPT, "recordReading", self._operator, [log]))
        self.chain.add(group)

    def _restate(self) -> None:
        if not self._readings:
            return
        key = epoch, meter, interval = self._random.choice(self._readings)
        self._revisions[key] = self._revisions.get(key, 0) + 1
        log = self._log(
            Contract.KWH_RECEIPT,
            "ProductionRestated",
            epochId=epoch,
            meterId=meter,
            intervalId=interval,
            revision=self._revisions[key],
            increase=self._random.random() < 0.5,
            wh=5,
            netWh=self._random.randint(0, 5_000_000),
            reasonHash=self._random.randbytes(32),
        )
        self.chain.add([call(Contract.KWH_RECEIPT, "restateReading", self._operator, [log])])

    def _bill(self) -> None:
        epoch = 202601 + self._random.randrange(12) + 100 * self._random.randrange(40)
        agreement = self._random.randint(1, len(self._people))
        void = [key for key, (state, _) in self._invoices.items() if state == "VOID"]
        if void and self._random.random() < 0.3:
            agreement, epoch = self._random.choice(void)
        state, revision = self._invoices.get((agreement, epoch), ("VOID", 0))
        if state != "VOID":
            return
        self._issue(agreement, epoch, self._people[agreement - 1], revision + 1)

    def _issue(self, agreement: int, epoch: int, buyer: bytes, revision: int) -> None:
        self._invoices[agreement, epoch] = ("ISSUED", revision)
        drawn = self._log(Contract.KWH_RECEIPT, "EnergyDrawn", epochId=epoch, consumer=1, wh=1_000)
        issued = self._log(Contract.PPA, "InvoiceIssued", **self._bill_fields(agreement, epoch, buyer, revision))
        inner = call(Contract.KWH_RECEIPT, "draw", self._vault, [drawn])
        returned = bytes.fromhex("151f7c75") + (100).to_bytes(8)
        self.chain.add([call(Contract.PPA, "allocateProduction", self._operator, [issued, returned], [inner])])

    def _bill_fields(self, agreement: int, epoch: int, buyer: bytes, revision: int) -> dict[str, Any]:
        return {
            "agreementId": agreement,
            "epochId": epoch,
            "revision": revision,
            "kwh": 1,
            "pricePerKwh": 120_000,
            "amount": 120_000 + agreement,
            "buyer": _text(buyer),
            "treasury": _text(self._treasury),
            "dueTs": FIRST_TS + 30 * 86_400,
        }

    def _close_bill(self) -> None:
        open_ = [key for key, (state, _) in self._invoices.items() if state == "ISSUED"]
        if not open_:
            return
        agreement, epoch = self._random.choice(open_)
        revision = self._invoices[agreement, epoch][1]
        buyer = self._people[agreement - 1]
        if self._random.random() < 0.7:
            self._pay(agreement, epoch, buyer, revision)
            return
        self._invoices[agreement, epoch] = ("VOID", revision)
        back = self._log(Contract.KWH_RECEIPT, "EnergyReturned", epochId=epoch, consumer=1, wh=1_000)
        fields = self._bill_fields(agreement, epoch, buyer, revision)
        voided = self._log(Contract.PPA, "InvoiceVoided", reasonHash=self._random.randbytes(32), **fields)
        inner = call(Contract.KWH_RECEIPT, "giveBack", self._vault, [back])
        self.chain.add([call(Contract.PPA, "voidInvoice", self._operator, [voided], [inner])])

    def _pay(self, agreement: int, epoch: int, buyer: bytes, revision: int) -> None:
        self._invoices[agreement, epoch] = ("PAID", revision)
        fields = self._bill_fields(agreement, epoch, buyer, revision)
        paid = self._log(Contract.PPA, "InvoicePaid", paidRound=len(self.chain.blocks), **fields)
        self.chain.add(
            [
                payment(buyer, self._treasury, fields["amount"]),
                call(Contract.PPA, "settlePayment", buyer, [paid]),
            ]
        )

    def _correct(self) -> None:
        """A note on a paid invoice."""
        paid = [key for key, (state, _) in self._invoices.items() if state == "PAID"]
        if not paid:
            return
        key = agreement, epoch = self._random.choice(paid)
        kind, buyer = self._random.randint(CREDIT, SHORTFALL), self._people[agreement - 1]
        number = self._note_counts[key] = self._note_counts.get(key, 0) + 1
        payer, payee = (self._treasury, buyer) if kind == CREDIT else (buyer, self._treasury)
        told = self._notes[*key, number] = {
            "agreementId": agreement,
            "epochId": epoch,
            "note": number,
            "kind": kind,
            "kwh": 0 if kind == INTEREST else 1,
            "amount": 120_000 + number,
            "payer": _text(payer),
            "payee": _text(payee),
        }
        inner = self._moved(told, back=kind == CREDIT)
        log = self._log(Contract.PPA, "NoteIssued", reasonHash=self._random.randbytes(32), **told)
        if kind == INTEREST:
            deposit = payment(self._person(), self._vault, 50_900)
            self.chain.add([deposit, call(Contract.PPA, "issueInterest", deposit["txn"]["snd"], [log])])
        else:
            self.chain.add([call(Contract.PPA, "issueNote", self._operator, [log], inner)])

    def _moved(self, told: dict[str, Any], *, back: bool) -> list[Entry]:
        """The inner call that gives a note's energy back, or draws it; none where it has none."""
        if told["kind"] not in (CREDIT, DEBIT):
            return []
        name, method = ("EnergyReturned", "giveBack") if back else ("EnergyDrawn", "draw")
        reference, epoch = told["agreementId"], told["epochId"]
        log = self._log(Contract.KWH_RECEIPT, name, epochId=epoch, consumer=1, wh=1_000, reference=reference)
        return [call(Contract.KWH_RECEIPT, method, self._vault, [log])]

    def _close_note(self) -> None:
        """An open note is settled, voided, or set against an unpaid invoice."""
        if not self._notes:
            return
        told = self._notes.pop(self._random.choice(sorted(self._notes)))
        payer = bytes(encoding.decode_address(told["payer"]))
        key = {name: told[name] for name in ("agreementId", "epochId", "note")}
        unpaid = [
            epoch
            for (agreement, epoch), (state, _) in self._invoices.items()
            if agreement == told["agreementId"] and state == "ISSUED"
        ]
        how = self._random.random()
        if told["kind"] == CREDIT and unpaid and how < 0.5:
            amounts = {"amount": told["amount"], "dueAmount": 1}
            log = self._log(Contract.PPA, "CreditApplied", toEpochId=unpaid[0], **key, **amounts)
            self.chain.add([call(Contract.PPA, "applyCredit", self._operator, [log])])
        elif how < 0.8:
            fields = {name: value for name, value in told.items() if name != "kwh"}
            log = self._log(Contract.PPA, "NoteSettled", settledRound=len(self.chain.blocks), **fields)
            money = payment(payer, bytes(encoding.decode_address(told["payee"])), told["amount"])
            self.chain.add([money, call(Contract.PPA, "settleNote", payer, [log])])
        else:
            fields = {name: told[name] for name in ("kind", "kwh", "amount")}
            inner = self._moved(told, back=told["kind"] == DEBIT)
            log = self._log(Contract.PPA, "NoteVoided", reasonHash=self._random.randbytes(32), **key, **fields)
            self.chain.add([call(Contract.PPA, "voidNote", self._operator, [log], inner)])

    def _deposit(self) -> None:
        asset_id = self._random.choice([0, REVENUE_ASSET])
        self._deposits.append(asset_id)
        deposit = len(self._deposits)
        self._unclaimed += [(deposit, person) for person in self._people]
        drawn = self._log(Contract.KWH_RECEIPT, "EnergyDrawn", epochId=202601, consumer=2, wh=1_000)
        log = self._log(
            Contract.REVENUE_VAULT,
            "RevenueDeposited",
            epochId=202601,
            netAmountMicroalgo=1_000_000,
            depositId=deposit,
            perUnitMicroalgo=10,
            energyWh=1_000,
            assetId=asset_id,
        )
        inner = call(Contract.KWH_RECEIPT, "draw", self._vault, [drawn])
        method = "depositNetRevenueAsset" if asset_id else "depositNetRevenue"
        money = _money(self._operator, self._vault, asset_id, 1_000_000)
        self.chain.add([money, call(Contract.REVENUE_VAULT, method, self._operator, [log], [inner])])

    def _claim(self) -> None:
        if not self._unclaimed:
            return
        deposit, holder = self._unclaimed.pop(self._random.randrange(len(self._unclaimed)))
        log = self._log(
            Contract.REVENUE_VAULT,
            "RevenueClaimed",
            holder=_text(holder),
            depositId=deposit,
            epochId=202601,
            units=100,
            amountMicroalgo=1_000,
            assetId=self._deposits[deposit - 1],
        )
        inner = _money(self._vault, holder, self._deposits[deposit - 1], 1_000)
        self.chain.add([call(Contract.REVENUE_VAULT, "claim", self._person(), [log], [inner])])

    def _open(self, side: str, maker: bytes, wh: int, parent: int | None = None) -> bytes:
        offer = self._made[side]
        self._made[side] += 1
        self._offers[side][offer] = (maker, wh, "ACTIVE")
        if side == "sell":
            fields = {"seller": _text(maker), "pricePerKwh": 12_000_000}
        else:
            fields = {"buyer": _text(maker), "maxPricePerKwh": 13_000_000}
        since_ts = self._since_ts[side].get(offer if parent is None else parent, self._now())
        self._since_ts[side][offer] = since_ts
        return self._log(
            Contract.OFFER_BOOK,
            {"sell": "OfferCreated", "buy": "BuyOfferCreated"}[side],
            offerId=offer,
            amountWh=wh,
            parentId=offer if parent is None else parent,
            sinceTs=since_ts,
            expiryTs=0,
            **fields,
        )

    def _offer(self) -> None:
        side, maker = self._random.choice(["sell", "buy"]), self._person()
        method = {"sell": "createEnergyOffer", "buy": "createEnergyBuyOffer"}[side]
        log = self._open(side, maker, self._random.randint(2, 9) * 1_000)
        self.chain.add([payment(maker, self._vault, 38_900), call(Contract.OFFER_BOOK, method, maker, [log])])

    def _active(self, side: str) -> list[int]:
        return [offer for offer, (_, _, state) in self._offers[side].items() if state == "ACTIVE"]

    def _match(self) -> None:
        sell, buy = self._active("sell"), self._active("buy")
        if not sell or not buy:
            return
        ids = {"sell": self._random.choice(sell), "buy": self._random.choice(buy)}
        (seller, sell_wh, _), (buyer, buy_wh, _) = (self._offers[side][ids[side]] for side in ("sell", "buy"))
        wh, two_sided = min(sell_wh, buy_wh), self._random.random() < 0.8
        logs = self._matched("sell", ids["sell"], seller, buyer, wh)
        if two_sided:
            logs += self._matched("buy", ids["buy"], seller, buyer, wh)
        method = "matchOffers" if two_sided else "matchEnergyOffer"
        self.chain.add([call(Contract.OFFER_BOOK, method, self._operator, logs)])

    def _matched(self, side: str, offer: int, seller: bytes, buyer: bytes, wh: int) -> list[bytes]:
        maker, all_wh, _ = self._offers[side][offer]
        rest = all_wh - wh
        prefix, role = {"sell": ("Offer", "seller"), "buy": ("BuyOffer", "buyer")}[side]
        self._offers[side][offer] = (maker, all_wh, "CLOSED")
        matched = self._log(
            Contract.OFFER_BOOK,
            f"{prefix}Matched",
            offerId=offer,
            seller=_text(seller),
            buyer=_text(buyer),
            amountWh=wh,
            pricePerKwh=12_000_000,
            newOfferId=self._made[side] if rest else 0,
        )
        if rest:
            return [matched, self._open(side, maker, rest, offer)]
        done = {"offerId": offer, role: _text(maker)}
        return [matched, self._log(Contract.OFFER_BOOK, f"{prefix}Completed", **done)]

    def _cancel(self) -> None:
        side = self._random.choice(["sell", "buy"])
        active = self._active(side)
        if not active:
            return
        offer = self._random.choice(active)
        maker, wh, _ = self._offers[side][offer]
        self._offers[side][offer] = (maker, wh, "CLOSED")
        name, role, method = {
            "sell": ("OfferCancelled", "seller", "cancelEnergyOffer"),
            "buy": ("BuyOfferCancelled", "buyer", "cancelEnergyBuyOffer"),
        }[side]
        log = self._log(Contract.OFFER_BOOK, name, offerId=offer, amountWh=wh, **{role: _text(maker)})
        self.chain.add([call(Contract.OFFER_BOOK, method, maker, [log])])

    def _prune(self) -> None:
        side = self._random.choice(["sell", "buy"])
        closed = [offer for offer, (_, _, state) in self._offers[side].items() if state == "CLOSED"]
        if not closed:
            return
        offer = self._random.choice(closed)
        maker, wh, _ = self._offers[side][offer]
        self._offers[side][offer] = (maker, wh, "PRUNED")
        name, role, method = {
            "sell": ("OfferPruned", "seller", "pruneOffer"),
            "buy": ("BuyOfferPruned", "buyer", "pruneBuyOffer"),
        }[side]
        log = self._log(Contract.OFFER_BOOK, name, offerId=offer, refundMicroalgo=38_900, **{role: _text(maker)})
        self.chain.add([call(Contract.OFFER_BOOK, method, maker, [log], [payment(self._vault, maker, 38_900)])])

    def _nothing(self) -> None:
        """A block that has nothing to do with the apps."""
        self.chain.add([payment(self._person(), self._person(), 1), payment(self._person(), self._person(), 2)])


def _money(sender: bytes, receiver: bytes, asset_id: int, amount: int) -> Entry:
    """A payment in ALGO, or in an asset."""
    return asset_transfer(sender, receiver, asset_id, amount) if asset_id else payment(sender, receiver, amount)


def _text(address: bytes) -> str:
    return str(encoding.encode_address(address))


# --- served -----------------------------------------------------------------------------------------------------------


class Node:
    """A stored chain behind algod's interface, as far as history needs it."""

    def __init__(self, chain: StoredChain, port: int = 0) -> None:
        self.chain = chain
        self.answered = 0
        """Requests so far."""
        self.oldest = 0
        """Blocks before this round are gone."""
        self.next_chain: tuple[int, StoredChain] | None = None
        """After so many requests there is this chain instead."""
        self.on_answer = threading.Condition()
        self.on_block = threading.Condition()
        self._is_closed = False
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"

    @property
    def client(self) -> AlgodClient:
        return AlgodClient("", self.address)

    @contextmanager
    def serving(self) -> Iterator["Node"]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._is_closed = True
            self.tell_of_block()
            self._server.server_close()
            thread.join()

    def tell_of_block(self) -> None:
        """Answer those that wait for a block."""
        with self.on_block:
            self.on_block.notify_all()

    def wait_for_answers(self, more: int, patience_s: float) -> bool:
        """Return when so many more requests were answered; False at the end of one's patience."""
        with self.on_answer:
            wanted = self.answered + more
            return self.on_answer.wait_for(lambda: self.answered >= wanted, patience_s)

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and body for a path."""
        if self.next_chain is not None and self.answered >= self.next_chain[0]:
            self.chain, self.next_chain = self.next_chain[1], None
        parts = path.partition("?")[0].strip("/").split("/")
        match parts:
            case ["v2", "status"]:
                return 200, b'{"last-round": %d}' % self.chain.last_round
            case ["v2", "status", "wait-for-block-after", round_]:
                with self.on_block:
                    self.on_block.wait_for(lambda: self._is_closed or self.chain.last_round > int(round_), 20)
                return 200, b'{"last-round": %d}' % self.chain.last_round
            case ["v2", "blocks", round_, *rest] if self.oldest <= int(round_) <= self.chain.last_round:
                if rest == ["hash"]:
                    digest = base64.b32encode(self.chain.hashes[int(round_)]).rstrip(b"=")
                    return 200, b'{"blockHash": "%s"}' % digest
                return 200, self.chain.blocks[int(round_)]
            case _:
                return 404, b'{"message": "not found"}'

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        node = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # connections stay open
            wbufsize = -1  # an answer goes out at once

            def do_GET(self) -> None:
                status, body = node.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                with node.on_answer:
                    node.answered += 1
                    node.on_answer.notify_all()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Nothing is printed."""

        return Handler
