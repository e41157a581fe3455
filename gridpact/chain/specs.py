"""The contracts' interface documents (ARC-56), as built."""

import json
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from gridpact import contracts


class Contract(StrEnum):
    """The four contracts, by the name of their app."""

    KWH_RECEIPT = "KWhReceipt"
    PPA = "PPA"
    REVENUE_VAULT = "RevenueVault"
    OFFER_BOOK = "OfferBook"

    @property
    def folder(self) -> str:
        """Its package under `smart_contracts`, after which its typed client and constants are named."""
        return {"KWhReceipt": "kwh_receipt", "PPA": "ppa", "RevenueVault": "revenue_vault", "OfferBook": "offer_book"}[
            self.value
        ]


@cache
def spec(contract: Contract) -> dict[str, Any]:
    """The ARC-56 document of a contract, parsed."""
    path = resources.files(contracts) / f"{contract.value}.arc56.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
