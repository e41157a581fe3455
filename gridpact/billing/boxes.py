"""Names of PPA's boxes."""

from gridpact.chain.boxes import uint64
from gridpact.contracts import ppa_config as cfg


def agreement_box_name(agreement_id: int) -> bytes:
    """Name of an agreement's box."""
    return cfg.BOX_AGREEMENT + uint64(agreement_id)


def invoice_box_name(agreement_id: int, epoch_id: int) -> bytes:
    """Name of an invoice's box."""
    return cfg.BOX_INVOICE + uint64(agreement_id) + uint64(epoch_id)


def note_box_name(agreement_id: int, epoch_id: int, note: int) -> bytes:
    """Name of the box of a note on an invoice."""
    return cfg.BOX_NOTE + uint64(agreement_id) + uint64(epoch_id) + uint64(note)
