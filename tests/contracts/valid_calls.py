"""One valid call of every method that writes, and worlds in which each of them succeeds.

The role table, the budgets and the benchmarks all walk over these.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from algokit_utils import AlgoAmount, AssetTransferParams, CommonAppCallParams, PaymentParams, SigningAccount

from gridpact.chain.call import Call
from gridpact.chain.group import Item
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import (
    AnchorReportArgs,
    DrawArgs,
    FinalizeEpochArgs,
    GiveBackArgs,
    RecordProductionArgs,
    RegisterMeterArgs,
    RotateMeterKeyArgs,
    SetConsumerArgs,
)
from gridpact.contracts.offer_book_client import (
    CancelEnergyBuyOfferArgs,
    CancelEnergyOfferArgs,
    ConsumeEnergyArgs,
    SetGridPriceArgs,
)
from gridpact.epochs import epoch_end_ts, epoch_start_ts
from gridpact.production.boxes import PROJECT, ledger_box_name
from gridpact.production.read import Quality
from gridpact.production.signed import MeterRead, Place, public_key, sign
from gridpact.revenue.moves import KW_TOKEN_DEPOSIT_MICROALGO
from smart_contracts.interfaces.config import ANY_TOTAL, NO_REFERENCE
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.ppa import config as ppa_cfg
from tests.contracts.kwh_receipt import calls as receipt_calls
from tests.contracts.offer_book import calls as book_calls
from tests.contracts.offer_book import states as book_states
from tests.contracts.ppa import calls as ppa_calls
from tests.contracts.ppa import expect as ppa_expect
from tests.contracts.ppa import states as ppa_states
from tests.contracts.revenue_vault import calls as vault_calls
from tests.contracts.revenue_vault import states as vault_states
from tests.support.world import World, call_of, genesis_hash

OPEN_EPOCH: Final = 202601
DEPOSITED_EPOCH: Final = 202512
FINAL_EPOCH: Final = 202602
EARLIER_EPOCH: Final = 202511
METER_SEED: Final = bytes(range(32))
WH: Final = 1_000

Build = Callable[[World, SigningAccount], list[Item]]


@dataclass(frozen=True, slots=True)
class Action:
    """A valid call of one method."""

    contract: Contract
    method: str
    build: Build
    """(world, caller) → the items of a group whose last call is the method's."""
    caller: str
    """The role that may make it."""
    stage: str = "running"
    """The world in which it succeeds: see `STAGES`."""
    variant: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.contract.folder, self.method, self.variant) if part)


# --- worlds -----------------------------------------------------------------------------------------------------------


def fresh(world: World) -> None:
    """All four apps, nothing in them, and no consumer wired."""
    world.ppa = world.deploy_ppa(wired=False)
    world.vault = world.deploy_vault(wired=False)
    world.book = world.deploy_book(wired=False)


def issuing(world: World) -> None:
    """The kW token exists, holder A has units of it, and issuance is open."""
    vault_states.issued(world, [500_000])


def running(world: World) -> None:
    """A project in the middle of its life: every method has something to work on."""
    operator = world.operator.address
    receipts = world.receipt_calls
    book_states.registered_producer(world)
    book_calls.second_producer(world)
    meter = RegisterMeterArgs(
        producer=PROJECT, capacityW=250_000, label=receipt_calls.label("roof"), publicKey=public_key(METER_SEED)
    )
    world.send(
        receipts.register_meter(operator, meter, 3),
        *ppa_calls.final_epoch(world, FINAL_EPOCH),
        *ppa_calls.final_epoch(world, DEPOSITED_EPOCH),
    )
    receipt_calls.record_production(world, epoch_id=OPEN_EPOCH)

    # Everybody could send the payment, so that a settlement by somebody else is refused for its caller.
    payers = (world.buyer, world.operator, world.admin, world.holder_a, world.creator)
    asset_id = world.asset(world.outsider, world.treasury, *payers)
    world.send(
        ppa_calls.create_agreement(world, 1),
        ppa_calls.create_agreement(world, 2, assetId=asset_id),
        ppa_calls.create_agreement(world, 3),
        ppa_calls.allocate(world, 10_000, agreement_id=1),
        ppa_calls.allocate(world, 10_000, agreement_id=2),
    )

    # Agreement 4 pays late and has notes; 5 is the same in an asset; the price of 6 has risen many times.
    world.send(
        *ppa_calls.final_epoch(world, EARLIER_EPOCH),
        ppa_calls.create_agreement(world, 4, firstEpoch=202501, lateInterestBps=800),
        ppa_calls.create_agreement(world, 5, assetId=asset_id),
        ppa_calls.create_agreement(world, 6, firstEpoch=200001, escalatorBps=1_999, pricePerKwh=1),
        *(ppa_calls.allocate(world, 10_000, agreement_id=number) for number in (4, 5)),
        ppa_calls.allocate(world, 10_000, agreement_id=4, epoch_id=EARLIER_EPOCH),
    )
    world.send(*(ppa_calls.settle(world, ppa_expect.bill_of(world, number)) for number in (4, 5)))
    world.send(
        ppa_calls.note(world, ppa_cfg.NOTE_DEBIT, 1, agreement_id=4),
        ppa_calls.note(world, ppa_cfg.NOTE_DEBIT, 1, agreement_id=5),
        ppa_calls.note(world, ppa_cfg.NOTE_CREDIT, 2, agreement_id=4, number=2),
        ppa_calls.note(world, ppa_cfg.NOTE_CREDIT, 3, agreement_id=4, number=3),
        ppa_calls.apply_credit(world, EARLIER_EPOCH, agreement_id=4, number=3),
    )

    vault_states.open_for_revenue(world)
    world.revenue_asset, world.new_asset = world.asset(world.outsider, *payers), world.asset(world.outsider)
    world.send(
        vault_calls.deposit(world, epoch_id=DEPOSITED_EPOCH),
        vault_calls.opt_in_asset(world, world.revenue_asset),
        vault_calls.deposit(world, epoch_id=DEPOSITED_EPOCH, asset_id=world.revenue_asset, deposit_id=2),
        vault_states.gift(world, 1),
    )
    vault_states.closed_out(world, world.holder_c)
    world.send(vault_states.sync(world, world.holder_c.address))
    vault_states.closed_out(world, world.holder_b)
    world.send(vault_calls.opt_in(world, world.consumer), vault_calls.opt_in(world, world.treasury))

    seller, buyer = world.holder_a, world.buyer
    world.send(
        book_calls.sell(world, offer_id=0, seller=seller.address),
        book_calls.sell(world, offer_id=1, seller=seller.address),
        book_calls.buy(world, offer_id=0, buyer=buyer.address),
        book_calls.buy(world, offer_id=1, buyer=buyer.address, opens_account=False),
    )
    world.send(
        world.book_calls.cancel_energy_offer(seller.address, CancelEnergyOfferArgs(offerId=1), seller.address),
        world.book_calls.cancel_energy_buy_offer(buyer.address, CancelEnergyBuyOfferArgs(offerId=1), buyer.address),
        book_calls.allow(world, world.consumer, buy_price=book_calls.BUY_PRICE, buy_wh=WH),
        book_calls.allow(world, seller, sell_price=book_calls.SELL_PRICE, sell_wh=WH, opens_account=False),
    )
    for app in (world.receipt, world.ppa, world.vault, world.book):
        world.send(call_of(app, "proposeAdmin", [world.creator.address], world.admin))


STAGES: Final[dict[str, Callable[[World], None]]] = {"fresh": fresh, "issuing": issuing, "running": running}


def month_of(epoch_id: int) -> dict[str, int]:
    """Bounds of a month as a reading's arguments."""
    return {"startTs": epoch_start_ts(epoch_id), "endTs": epoch_end_ts(epoch_id) + 1}


# --- calls ------------------------------------------------------------------------------------------------------------


def sent_by(caller: SigningAccount, item: Item) -> Item:
    """The same call, and the payment in its arguments, by somebody else."""
    if not isinstance(item, Call):
        return replace(item, sender=caller.address)
    arguments = [
        replace(argument, sender=caller.address)
        if isinstance(argument, PaymentParams | AssetTransferParams)
        else argument
        for argument in item.params.args or []
    ]
    return Call(replace(item.params, sender=caller.address, args=arguments), item.creates)


def by_anyone(build: Callable[[World], Call]) -> Build:
    """A call whose references do not depend on who makes it."""
    return lambda world, caller: [sent_by(caller, build(world))]


def app_of(world: World, contract: Contract) -> object:
    """The client of one of the four apps."""
    return {
        Contract.KWH_RECEIPT: world.receipt,
        Contract.PPA: world.ppa,
        Contract.REVENUE_VAULT: world.vault,
        Contract.OFFER_BOOK: world.book,
    }[contract]


def _role_action(contract: Contract, method: str, caller: str, *roles: str) -> Action:
    def build(world: World, sender: SigningAccount) -> list[Item]:
        arguments = [getattr(world, role).address for role in roles]
        return [call_of(app_of(world, contract), method, arguments, sender)]

    return Action(contract, method, build, caller)


def _bootstrap(world: World, caller: SigningAccount) -> list[Item]:
    deposit = PaymentParams(
        sender=world.admin.address,
        receiver=world.vault.app_address,
        amount=AlgoAmount.from_micro_algo(KW_TOKEN_DEPOSIT_MICROALGO),
        static_fee=AlgoAmount.from_micro_algo(1_000),
    )
    return [deposit, sent_by(caller, world.vault_calls.bootstrap(world.admin.address))]


def _signed_reading(world: World, caller: SigningAccount) -> list[Item]:
    bounds = month_of(OPEN_EPOCH)
    read = MeterRead(
        epoch_id=OPEN_EPOCH,
        meter_id=3,
        interval_id=1,
        wh=WH,
        quality=Quality.ACTUAL,
        start_ts=bounds["startTs"],
        end_ts=bounds["endTs"],
        source_hash=bytes(32),
        sequence=1,
    )
    signed = sign(read, Place(genesis_hash(world.algorand), world.receipt.app_id), METER_SEED)
    arguments = receipt_calls.reading(3, epochId=OPEN_EPOCH, wh=WH, sourceHash=bytes(32), **bounds)
    deposit = receipt_cfg.READING_MBR_MICROALGO
    return list(
        world.receipt_calls.record_signed_reading(caller.address, arguments, 1, signed.signature, PROJECT, deposit)
    )


def _draw(world: World) -> Call:
    args = DrawArgs(producer=PROJECT, epochId=FINAL_EPOCH, wh=WH, expectedTotalKwh=ANY_TOTAL, reference=NO_REFERENCE)
    box = (world.receipt.app_id, ledger_box_name(PROJECT, FINAL_EPOCH))
    params = CommonAppCallParams(
        sender=world.operator.address, static_fee=AlgoAmount.from_micro_algo(1_000), box_references=[box[1]]
    )
    return Call(world.receipt.params.draw(args=args, params=params))


def _give_back(world: World) -> Call:
    params = CommonAppCallParams(
        sender=world.operator.address,
        static_fee=AlgoAmount.from_micro_algo(1_000),
        box_references=[ledger_box_name(PROJECT, FINAL_EPOCH)],
    )
    args = GiveBackArgs(epochId=FINAL_EPOCH, wh=WH, reference=NO_REFERENCE)
    return Call(world.receipt.params.give_back(args=args, params=params))


def _offer_match(world: World) -> Call:
    return book_calls.match_sell(world, WH, seller=world.holder_a.address)


def _buy_offer_match(world: World) -> Call:
    return book_calls.match_buy(world, WH, seller=world.holder_a.address, buyer=world.buyer.address)


def _two_sided_match(world: World) -> Call:
    return book_calls.match_both(world, WH, seller=world.holder_a.address, buyer=world.buyer.address)


ROLE_METHODS: Final = tuple(
    action
    for contract in Contract
    for action in (
        _role_action(contract, "proposeAdmin", "admin", "outsider"),
        _role_action(contract, "acceptAdmin", "creator"),
        _role_action(contract, "setOperator", "admin", "outsider"),
        _role_action(contract, "pause", "admin"),
        _role_action(contract, "unpause", "admin"),
    )
)

OWN_METHODS: Final = (
    Action(
        Contract.KWH_RECEIPT,
        "registerMeter",
        by_anyone(
            lambda world: world.receipt_calls.register_meter(
                world.operator.address,
                RegisterMeterArgs(producer=PROJECT, capacityW=1, label=bytes(32), publicKey=bytes(32)),
                4,
            )
        ),
        "operator",
    ),
    Action(
        Contract.KWH_RECEIPT,
        "recordProduction",
        by_anyone(
            lambda world: world.receipt_calls.record_production(
                world.operator.address,
                RecordProductionArgs(epochId=OPEN_EPOCH, intervalId=2, kWhAmount=1),
            )
        ),
        "operator",
    ),
    Action(
        Contract.KWH_RECEIPT,
        "recordReading",
        by_anyone(
            lambda world: world.receipt_calls.record_reading(
                world.operator.address, receipt_calls.reading(3, epochId=OPEN_EPOCH, **month_of(OPEN_EPOCH)), PROJECT
            )
        ),
        "operator",
    ),
    Action(
        Contract.KWH_RECEIPT,
        "restateReading",
        by_anyone(
            lambda world: world.receipt_calls.restate_reading(
                world.operator.address, receipt_calls.restatement(epochId=OPEN_EPOCH), PROJECT
            )
        ),
        "operator",
    ),
    Action(
        Contract.KWH_RECEIPT,
        "finalizeEpoch",
        by_anyone(
            lambda world: world.receipt_calls.finalize_epoch(
                world.operator.address,
                FinalizeEpochArgs(epochId=OPEN_EPOCH, expectedTotalWh=125_000_000),
            )
        ),
        "operator",
    ),
    Action(
        Contract.KWH_RECEIPT,
        "anchorReport",
        by_anyone(
            lambda world: world.receipt_calls.anchor_report(
                world.operator.address, AnchorReportArgs(epochId=FINAL_EPOCH, reportHash=bytes(32))
            )
        ),
        "operator",
    ),
    Action(
        Contract.KWH_RECEIPT,
        "setConsumer",
        by_anyone(
            lambda world: world.receipt_calls.set_consumer(
                world.admin.address, SetConsumerArgs(consumer=receipt_cfg.CONSUMER_PPA, appId=world.ppa.app_id)
            )
        ),
        "admin",
        stage="fresh",
    ),
    Action(Contract.KWH_RECEIPT, "recordSignedReading", _signed_reading, "outsider"),
    Action(
        Contract.KWH_RECEIPT,
        "rotateMeterKey",
        by_anyone(
            lambda world: world.receipt_calls.rotate_meter_key(
                world.operator.address, RotateMeterKeyArgs(meterId=3, publicKey=bytes(32))
            )
        ),
        "operator",
    ),
    Action(
        Contract.KWH_RECEIPT,
        "addBudget",
        by_anyone(lambda world: world.receipt_calls.add_budget(world.operator.address, b"")),
        "outsider",
    ),
    Action(Contract.KWH_RECEIPT, "draw", by_anyone(_draw), "nobody"),
    Action(Contract.KWH_RECEIPT, "giveBack", by_anyone(_give_back), "nobody"),
    Action(Contract.PPA, "createAgreement", by_anyone(lambda world: ppa_calls.create_agreement(world, 7)), "operator"),
    Action(
        Contract.PPA, "endAgreement", by_anyone(lambda world: ppa_calls.end_agreement(world, FINAL_EPOCH)), "operator"
    ),
    Action(
        Contract.PPA,
        "allocateProduction",
        by_anyone(lambda world: ppa_calls.allocate(world, 10_000, agreement_id=3)),
        "operator",
    ),
    Action(Contract.PPA, "acceptAgreement", by_anyone(lambda world: ppa_states.accept(world)), "buyer"),
    Action(
        Contract.PPA,
        "issueNote",
        by_anyone(lambda world: ppa_calls.note(world, ppa_cfg.NOTE_CREDIT, 1, agreement_id=4, number=4)),
        "operator",
    ),
    Action(
        Contract.PPA,
        "issueInterest",
        by_anyone(lambda world: ppa_calls.interest(world, agreement_id=4, number=4)),
        "outsider",
    ),
    Action(Contract.PPA, "settleNote", by_anyone(lambda world: ppa_states.settle_note(world, agreement_id=4)), "buyer"),
    Action(
        Contract.PPA, "settleNoteAsset", by_anyone(lambda world: ppa_states.settle_note(world, agreement_id=5)), "buyer"
    ),
    Action(
        Contract.PPA,
        "applyCredit",
        by_anyone(lambda world: ppa_calls.apply_credit(world, EARLIER_EPOCH, agreement_id=4, number=2)),
        "operator",
    ),
    Action(
        Contract.PPA,
        "releaseCredit",
        by_anyone(lambda world: ppa_calls.release_credit(world, EARLIER_EPOCH, agreement_id=4, number=3)),
        "operator",
    ),
    Action(
        Contract.PPA,
        "voidNote",
        by_anyone(lambda world: ppa_calls.void_note(world, ppa_cfg.NOTE_CREDIT, agreement_id=4, number=2)),
        "operator",
    ),
    Action(Contract.PPA, "voidInvoice", by_anyone(lambda world: ppa_calls.void(world)), "operator"),
    Action(
        Contract.PPA,
        "settlePayment",
        by_anyone(lambda world: ppa_calls.settle(world, ppa_expect.bill_of(world, 1))),
        "buyer",
    ),
    Action(
        Contract.PPA,
        "settlePaymentAsset",
        by_anyone(lambda world: ppa_calls.settle(world, ppa_expect.bill_of(world, 2))),
        "buyer",
    ),
    Action(Contract.REVENUE_VAULT, "bootstrap", _bootstrap, "admin", stage="fresh"),
    Action(
        Contract.REVENUE_VAULT,
        "issue",
        by_anyone(lambda world: vault_calls.issue(world, world.holder_a, 1)),
        "operator",
        stage="issuing",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "closeIssuance",
        by_anyone(lambda world: vault_calls.close_issuance(world)),
        "operator",
        stage="issuing",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "transfer",
        lambda world, caller: [vault_states.transfer(world, caller, world.consumer.address, 1)],
        "holder_a",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "handOut",
        by_anyone(lambda world: vault_states.hand_out(world, world.consumer.address, 1)),
        "operator",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "syncHolder",
        by_anyone(lambda world: vault_states.sync(world, world.holder_b.address)),
        "outsider",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "depositNetRevenue",
        by_anyone(lambda world: vault_calls.deposit(world, epoch_id=FINAL_EPOCH)),
        "operator",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "optInAsset",
        by_anyone(lambda world: vault_calls.opt_in_asset(world, world.new_asset)),
        "operator",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "depositNetRevenueAsset",
        by_anyone(lambda world: vault_calls.deposit(world, epoch_id=FINAL_EPOCH, asset_id=world.revenue_asset)),
        "operator",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "returnEnergy",
        by_anyone(lambda world: vault_calls.return_energy(world, 1, epoch_id=DEPOSITED_EPOCH)),
        "operator",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "withdrawSurplus",
        by_anyone(lambda world: vault_calls.withdraw(world, 1)),
        "admin",
    ),
    Action(
        Contract.REVENUE_VAULT,
        "claim",
        by_anyone(lambda world: vault_states.claim(world, world.holder_a.address)),
        "outsider",
    ),
    Action(Contract.OFFER_BOOK, "mintEnergy", by_anyone(lambda world: book_calls.mint(world, WH)), "operator"),
    Action(
        Contract.OFFER_BOOK,
        "transferEnergy",
        lambda world, caller: [
            world.book_calls.transfer_energy(caller.address, world.consumer.address, WH, opens_account=False)
        ],
        "holder_a",
    ),
    Action(
        Contract.OFFER_BOOK,
        "consumeEnergy",
        lambda world, caller: [world.book_calls.consume_energy(caller.address, ConsumeEnergyArgs(amountWh=WH))],
        "holder_a",
    ),
    Action(
        Contract.OFFER_BOOK,
        "setTradingTerms",
        lambda world, caller: [
            book_calls.allow(
                world,
                caller,
                buy_price=1,
                buy_wh=1,
                opens_account=caller not in (world.holder_a, world.buyer, world.consumer),
            )
        ],
        "outsider",
    ),
    Action(
        Contract.OFFER_BOOK,
        "closeTradingAccount",
        lambda world, caller: [book_calls.close_account(world, caller)],
        "consumer",
    ),
    Action(
        Contract.OFFER_BOOK,
        "withdrawSurplus",
        lambda world, caller: [book_calls.withdraw(world, 1, caller)],
        "admin",
    ),
    Action(
        Contract.OFFER_BOOK,
        "createEnergyOffer",
        lambda world, caller: [book_calls.sell(world, offer_id=2, seller=caller.address)],
        "holder_a",
    ),
    Action(
        Contract.OFFER_BOOK,
        "cancelEnergyOffer",
        by_anyone(
            lambda world: world.book_calls.cancel_energy_offer(
                world.holder_a.address, CancelEnergyOfferArgs(offerId=0), world.holder_a.address
            )
        ),
        "holder_a",
    ),
    Action(Contract.OFFER_BOOK, "matchEnergyOffer", by_anyone(_offer_match), "operator"),
    Action(
        Contract.OFFER_BOOK,
        "createEnergyBuyOffer",
        lambda world, caller: [
            book_calls.buy(
                world,
                offer_id=2,
                buyer=caller.address,
                opens_account=caller not in (world.holder_a, world.buyer, world.consumer),
            )
        ],
        "outsider",
    ),
    Action(
        Contract.OFFER_BOOK,
        "cancelEnergyBuyOffer",
        lambda world, caller: [
            world.book_calls.cancel_energy_buy_offer(
                caller.address, CancelEnergyBuyOfferArgs(offerId=0), world.buyer.address
            )
        ],
        "buyer",
    ),
    Action(Contract.OFFER_BOOK, "matchEnergyBuyOffer", by_anyone(_buy_offer_match), "operator"),
    Action(Contract.OFFER_BOOK, "matchOffers", by_anyone(_two_sided_match), "operator"),
    Action(
        Contract.OFFER_BOOK,
        "pruneOffer",
        by_anyone(lambda world: book_calls.prune_sell(world, 1, refund_to=world.holder_a.address)),
        "outsider",
    ),
    Action(
        Contract.OFFER_BOOK,
        "pruneBuyOffer",
        by_anyone(lambda world: book_calls.prune_buy(world, 1, refund_to=world.buyer.address)),
        "outsider",
    ),
    Action(
        Contract.OFFER_BOOK,
        "setGridPrice",
        by_anyone(
            lambda world: world.book_calls.set_grid_price(
                world.operator.address, SetGridPriceArgs(pricePerKwh=book_calls.BUY_PRICE)
            )
        ),
        "operator",
    ),
)

PARTIAL_MATCHES: Final = (
    Action(
        Contract.OFFER_BOOK,
        "matchEnergyOffer",
        by_anyone(lambda world: book_calls.match_sell(world, WH // 2, child_id=2, seller=world.holder_a.address)),
        "operator",
        variant="partial",
    ),
    Action(
        Contract.OFFER_BOOK,
        "matchEnergyBuyOffer",
        by_anyone(
            lambda world: book_calls.match_buy(
                world, WH // 2, child_id=2, seller=world.holder_a.address, buyer=world.buyer.address
            )
        ),
        "operator",
        variant="partial",
    ),
)

RISEN_PRICE: Final = Action(
    Contract.PPA,
    "allocateProduction",
    by_anyone(lambda world: ppa_calls.allocate(world, 1, agreement_id=6)),
    "operator",
    variant="risen price",
)

ACTIONS: Final = ROLE_METHODS + OWN_METHODS
"""One call of every method that writes."""

CLAIM_OF_ASSET: Final = Action(
    Contract.REVENUE_VAULT,
    "claim",
    by_anyone(lambda world: vault_states.claim(world, world.holder_a.address, 2, asset_id=world.revenue_asset)),
    "outsider",
    variant="asset",
)

COSTLIER: Final = (*PARTIAL_MATCHES, CLAIM_OF_ASSET, RISEN_PRICE)
"""Calls of the same methods that do more."""
