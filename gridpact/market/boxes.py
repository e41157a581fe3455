"""Names of OfferBook's boxes."""

from algosdk.encoding import decode_address

from gridpact.chain.boxes import uint64
from gridpact.contracts import offer_book_config as cfg


def sell_offer_box_name(offer_id: int) -> bytes:
    """Name of a sell offer's box."""
    return cfg.BOX_SELL_OFFER + uint64(offer_id)


def buy_offer_box_name(offer_id: int) -> bytes:
    """Name of a buy offer's box."""
    return cfg.BOX_BUY_OFFER + uint64(offer_id)


def account_box_name(address: str) -> bytes:
    """Name of an account's box."""
    public_key: bytes = decode_address(address)
    return cfg.BOX_ACCOUNT + public_key
