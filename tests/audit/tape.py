"""A ledger's past and present, read once and audited again and again with one thing changed."""

import importlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from algosdk.v2client.algod import AlgodClient

from gridpact.audit.audit import Auditor, Report
from gridpact.audit.present import Held, Token, held, token
from gridpact.chain.specs import Contract
from gridpact.history.blocks import BlockSource
from gridpact.history.source import Batch, Mark
from gridpact.history.transactions import Path, Root, Transaction
from tests.support.world import World

type Change = Callable[[Transaction], Transaction]

audit = importlib.import_module("gridpact.audit.audit")
"""Where an auditor finds what it reads the present with."""


@dataclass(frozen=True)
class Tape:
    """What was read of one world."""

    algod: AlgodClient
    app_ids: Mapping[Contract, int]
    roots: tuple[Root, ...]
    times: Mapping[int, int]
    genesis_hash: bytes
    apps: Mapping[Contract, Held]
    token: Token

    @classmethod
    def of(cls, world: World) -> "Tape":
        """Everything that an audit of a world reads."""
        algod = world.algorand.client.algod
        parameters = algod.suggested_params()
        app_ids = {contract: app_id for app_id, contract in world.apps.contracts.items()}
        source = BlockSource(algod, app_ids.values(), parameters.gen, parameters.gh)
        last_round = source.last_round()
        roots = tuple(root for batch in source.batches(None, last_round) for root in batch.roots)
        apps = {contract: held(algod, contract, app_id) for contract, app_id in app_ids.items()}
        vault = apps[Contract.REVENUE_VAULT]
        holders = Auditor(algod, app_ids, source)
        holders.replay()
        lines = [name for name in vault.boxes if name[:1] == b"h"]
        accounts = [holders.replays[Contract.REVENUE_VAULT].subject(name).key for name in lines]
        asset_id = vault.state["kw_token"]
        assert isinstance(asset_id, int)
        return cls(
            algod=algod,
            app_ids=app_ids,
            roots=roots,
            times=source.block_times(range(1, last_round + 1)),
            genesis_hash=source.genesis_hash,
            apps=apps,
            token=token(algod, asset_id, accounts),
        )

    # --- as a source --------------------------------------------------------------------------------------------------

    def last_round(self) -> int:
        """See `Source`."""
        return max(self.times)

    def wait(self, round_: int) -> None:
        """Nothing more happens."""

    def block_hash(self, round_: int) -> bytes | None:
        """See `Source`."""
        return bytes(32) if round_ in self.times else None

    def block_times(self, rounds: Collection[int]) -> Mapping[int, int]:
        """See `Source`."""
        return {round_: self.times[round_] for round_ in rounds}

    def batches(self, after: Mark | None, until: int) -> Iterator[Batch]:
        """See `Source`."""
        if after is None:
            yield Batch(self.roots, Mark(until, bytes(32)))

    # --- changed ------------------------------------------------------------------------------------------------------

    def with_transaction(self, root: Root, path: Path, change: Change) -> "Tape":
        """One transaction, outer or inner, is another one."""
        lie = replace(root, transaction=_changed(root.transaction, path, change))
        return replace(self, roots=tuple(lie if one is root else one for one in self.roots))

    def with_app(self, contract: Contract, **changes: Any) -> "Tape":
        """An app holds something else."""
        return replace(self, apps={**self.apps, contract: replace(self.apps[contract], **changes)})

    def audited(self, monkeypatch: pytest.MonkeyPatch) -> Report:
        """The audit of it."""
        monkeypatch.setattr(audit, "held", lambda _, contract, __: self.apps[contract])
        monkeypatch.setattr(audit, "token", lambda *_: self.token)
        return Auditor(self.algod, self.app_ids, self).run()


def steps(roots: Sequence[Root]) -> Iterator[tuple[Root, Path, Transaction]]:
    """All transactions, inner ones too."""
    for root in roots:
        yield from _below(root, (), root.transaction)


def _below(root: Root, path: Path, transaction: Transaction) -> Iterator[tuple[Root, Path, Transaction]]:
    yield root, path, transaction
    for index, inner in enumerate(transaction.inner):
        yield from _below(root, (*path, index), inner)


def _changed(transaction: Transaction, path: Path, change: Change) -> Transaction:
    if not path:
        return change(transaction)
    index, *rest = path
    inner = list(transaction.inner)
    inner[index] = _changed(inner[index], tuple(rest), change)
    return replace(transaction, inner=tuple(inner))
