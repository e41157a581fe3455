"""Apps that name each other."""

from algopy import Application, Bytes, Global, Txn, UInt64, op, subroutine, urange

from smart_contracts.shared import errors as err


@subroutine
def require_sibling(app_id: UInt64) -> None:
    """Refuse an app that is not there yet, that somebody else made, or that is this one.

    Raises:
        err.INVALID_APP: the app does not exist, is this app, or has another creator.
    """
    # To the ledger, 0 is the app that runs.
    assert app_id != 0, err.INVALID_APP
    assert app_id != Global.current_application_id.id, err.INVALID_APP
    creator, exists = op.AppParamsGet.app_creator(Application(app_id))
    assert exists, err.INVALID_APP
    assert creator == Global.creator_address, err.INVALID_APP


@subroutine
def program_hash() -> Bytes:
    """SHA-256 of the SHA-256 hashes of the approval program's pages, in the call that brings the program.

    A page has 4,096 bytes: more no value of the AVM can hold, so the program is not hashed in one piece.
    """
    hashes = Bytes()
    for page in urange(Txn.num_approval_program_pages):
        hashes += op.sha256(Txn.approval_program_pages(page))
    return op.sha256(hashes)
