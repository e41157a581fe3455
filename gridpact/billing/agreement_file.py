"""Agreements from a file: CSV, TOML or JSON, with the terms as columns."""

from collections.abc import Callable
from typing import Any, Final

from gridpact.billing.agreements import terms
from gridpact.chain.assets import assets
from gridpact.chain.connection import Connection
from gridpact.chain.keys import require_address
from gridpact.contracts import ppa_config as cfg
from gridpact.contracts.ppa_layout import AgreementTerms
from gridpact.epochs import require_epoch
from gridpact.errors import GridPactError, Problem
from gridpact.evidence import hash_of
from gridpact.rows import Column, Row, RowRefused, RowsRefused, read, repeated
from gridpact.units import base_units

ROW: Final = "agreement"

type Resolve = Callable[[str, str], str]
"""The address that a text stands for; the second argument says whose."""


def parse(
    content: bytes, suffix: str, connection: Connection, account: Resolve = require_address
) -> list[AgreementTerms]:
    """The terms of the agreements in a file.

    Args:
        content: the file.
        suffix: of its name: .csv, .toml or .json.
        connection: where the settlement assets are.
        account: what a buyer or a treasury in the file stands for.

    Raises:
        RowsRefused: with everything that is wrong, two rows with the very same terms too.
        AssetNotFound: there is no such settlement asset.
    """
    rows = read(content, suffix, ROW, _columns(account))
    units = assets(connection.algod, {row.values.get("asset", cfg.ALGO) for row in rows})
    problems: list[Problem] = []
    taken: list[Row] = []
    found: list[AgreementTerms] = []
    for row in rows:
        try:
            found.append(_terms(row.values, units[row.values.get("asset", cfg.ALGO)].decimals))
            taken.append(row)
        except GridPactError as error:
            problems.append(RowRefused(row.place, "", error))
    problems += repeated(taken, found)
    if problems:
        raise RowsRefused(tuple(problems))
    return found


def _columns(account: Resolve) -> dict[str, Column]:
    return {
        "buyer": Column(lambda text: account(text, "buyer")),
        "treasury": Column(lambda text: account(text, "treasury")),
        "price": Column(_decimal),
        "from": Column(_epoch),
        "to": Column(_epoch),
        "asset": Column(lambda text: base_units(text, 0, "asset"), is_required=False),
        "cap_kwh": Column(lambda text: base_units(text, 0, "energy"), is_required=False),
        "due_day": Column(lambda text: base_units(text, 0, "due day"), is_required=False),
        "contract_sha256": Column(hash_of, is_required=False),
    }


def _terms(values: dict[str, Any], decimals: int) -> AgreementTerms:
    return terms(
        buyer=values["buyer"],
        treasury=values["treasury"],
        price_per_kwh=base_units(values["price"], decimals, "price"),
        first_epoch=values["from"],
        last_epoch=values["to"],
        asset_id=values.get("asset", cfg.ALGO),
        cap_kwh=values.get("cap_kwh", 0),
        due_day=values.get("due_day", 15),
        contract_hash=values.get("contract_sha256", bytes(32)),
    )


def _decimal(text: str) -> str:
    base_units(text, 19, "price")
    return text


def _epoch(text: str) -> int:
    return require_epoch(base_units(text.replace("-", "", 1), 0, "month"))
