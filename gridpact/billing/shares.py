"""Plans that say parts of a month instead of kWh: a percentage of what was recorded, or the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gridpact.billing.app import Billing
from gridpact.billing.invoices import Allocation
from gridpact.contracts.units import WH_PER_KWH
from gridpact.production.app import Production


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of the month's recorded energy for one agreement, rounded down to whole kWh."""

    agreement_id: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Rest:
    """All whole kWh that nobody else of the plan gets, for one agreement."""

    agreement_id: int


type Planned = Allocation | Share | Rest


def allocations(
    billing: Billing, production: Production, epoch_id: int, planned: Sequence[Planned]
) -> tuple[Allocation, ...]:
    """The kWh of a plan. A plan that is done comes to the same kWh again.

    Args:
        epoch_id: month, YYYYMM.
        planned: the plan; at most one entry is the rest.

    Raises:
        EpochNotFinal: readings may still come in, so no part of the month is known yet.
    """
    found = [one for one in planned if isinstance(one, Allocation)]
    if len(found) == len(planned):
        return tuple(found)
    ledger = production.final_ledger(epoch_id)
    issued = billing.invoices_of((one.agreement_id, epoch_id) for one in planned)
    own_wh = sum(one.kwh for one in issued if one is not None and one.is_live) * WH_PER_KWH
    kwh = {one.agreement_id: _kwh(one, ledger.recorded_wh) for one in planned if not isinstance(one, Rest)}
    rest = max(0, (ledger.remaining_wh + own_wh) // WH_PER_KWH - sum(kwh.values()))
    return tuple(Allocation(one.agreement_id, kwh.get(one.agreement_id, rest)) for one in planned)


def _kwh(one: Allocation | Share, recorded_wh: int) -> int:
    return one.kwh if isinstance(one, Allocation) else int(recorded_wh * one.percent / 100 // WH_PER_KWH)
