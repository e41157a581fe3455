"""Measures opcodes on any node: a call at the end of a group logs what is left of the pooled budget."""

from typing import Final

from algokit_utils import AlgoAmount, AppCallMethodCallParams, AppCreateParams
from algosdk.abi import Method

from gridpact.chain.call import Call
from gridpact.chain.node import as_dict
from tests.support.world import World

PROGRAM: Final = """#pragma version 10
txn ApplicationID
bz done
pushbytes 0x151f7c75
global OpcodeBudget
itob
concat
log
done:
pushint 1"""
CLEAR: Final = "#pragma version 10\npushint 1"
PROBE_FEE_MICROALGO: Final = 1_000
METHOD: Final = Method.from_signature("probe()uint64")


def deploy_probe(world: World) -> Call:
    """Create the probe and return a call of it; its ABI result is the budget that is left."""
    composer = world.algorand.new_group()
    composer.add_app_create(
        AppCreateParams(sender=world.outsider.address, approval_program=PROGRAM, clear_state_program=CLEAR)
    )
    created = composer.send({"suppress_log": True, "populate_app_call_resources": False})
    return Call(
        AppCallMethodCallParams(
            app_id=int(as_dict(created.confirmations[0])["application-index"]),
            method=METHOD,
            args=[],
            sender=world.outsider.address,
            static_fee=AlgoAmount.from_micro_algo(PROBE_FEE_MICROALGO),
        )
    )
