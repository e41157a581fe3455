"""What the pages' buttons do, by name; and the groups that they lead to, built for whoever is connected."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from algosdk import encoding
from algosdk.transaction import Transaction

from gridpact.chain.group import Paid
from gridpact.chain.work import Work
from gridpact.cli import words
from gridpact.deployment.record import Deployment
from gridpact.portal.deeds import billing, governance, market, production, revenue
from gridpact.portal.errors import OtherSigner, UnknownAction
from gridpact.portal.form import Form
from gridpact.portal.site import Moment

type Action = Callable[[Deployment, str, Form], Work]

ACTIONS: Final[dict[str, Action]] = {
    "record": production.record,
    "record-typed": production.record_typed,
    "finalize": production.finalize,
    "register": production.register,
    "restate": production.restate,
    "anchor": production.anchor,
    "agree": billing.agree,
    "accept": billing.accept,
    "end": billing.end,
    "allocate": billing.allocate,
    "pay": billing.pay,
    "void": billing.void,
    "correct": billing.correct,
    "settle-note": billing.settle_note,
    "apply-credit": billing.apply_credit,
    "release-credit": billing.release_credit,
    "void-note": billing.void_note,
    "charge-interest": billing.charge_interest,
    "bill-shortfall": billing.bill_shortfall,
    "bootstrap": revenue.bootstrap,
    "opt-in": revenue.opt_in,
    "issue": revenue.issue,
    "close-issuance": revenue.close_issuance,
    "transfer": revenue.transfer,
    "hand-out": revenue.hand_out,
    "sync": revenue.sync,
    "deposit": revenue.deposit,
    "accept-asset": revenue.accept_asset,
    "return-energy": revenue.return_energy,
    "claim": revenue.claim,
    "hold-asset": revenue.hold_asset,
    "offer": market.offer,
    "buy-offer": market.buy_offer,
    "cancel": market.cancel,
    "terms": market.terms,
    "give": market.give,
    "consume": market.consume,
    "close-account": market.close_account,
    "match": market.match,
    "grid-price": market.grid_price,
    "mint": market.mint,
    "set-operator": governance.set_operator,
    "propose-admin": governance.propose_admin,
    "accept-admin": governance.accept_admin,
    "pause": governance.pause,
    "unpause": governance.unpause,
}
"""By the last part of their address."""


def build(moment: Moment, name: str, fields: Mapping[str, Any]) -> dict[str, object]:
    """The unsigned groups of an action, simulated, and what they do in words.

    Args:
        moment: the chain.
        name: the action's.
        fields: what was filled in; `sender` is who is connected.

    Raises:
        OtherSigner: somebody else has to sign it.
        GridPactError: it is refused.
    """
    action = ACTIONS.get(name)
    if action is None:
        raise UnknownAction(name)
    form = Form(fields)
    sender = form.address("sender")
    work = action(moment.deployment, sender, form)
    if work.steps and work.sender != sender:
        raise OtherSigner(work.sender, sender)
    paid = Paid()
    groups: list[list[Transaction]] = []
    for step in work.steps:
        # Later groups may stand on what the first one makes: only that one can be tried before it is sent.
        group = step.group
        groups.append(group.unsigned(paid) if groups else group.tried(paid)[0])
    return {
        "groups": [[_encoded(one) for one in group] for group in groups],
        "plans": [words.plan(effect) for effect in work.effects],
        "done": words.there(work.done, with_advice=False),
    }


def _encoded(transaction: Transaction) -> str:
    return str(encoding.msgpack_encode(transaction))
