"""A bare app that repeats calls, so that methods meant for other apps can be called with any argument."""

from dataclasses import replace
from pathlib import Path

from algokit_utils import AlgoAmount, AppCallMethodCallParams, AppCreateParams, BoxReference, SigningAccount

from gridpact.chain.call import Call
from gridpact.chain.node import as_dict
from tests.support.world import World

PROGRAM = Path(__file__).with_suffix(".teal").read_text()
CLEAR = "#pragma version 10\npushint 1"


def deploy_proxy(world: World, creator: SigningAccount | None = None) -> int:
    """Create a proxy app and return its id.

    Args:
        world: where.
        creator: who makes it; by default who made the other apps, so that it can be one of the consumers.
    """
    composer = world.algorand.new_group()
    composer.add_app_create(
        AppCreateParams(
            sender=(creator or world.creator).address,
            approval_program=PROGRAM,
            clear_state_program=CLEAR,
            schema={"global_ints": 0, "global_byte_slices": 0, "local_ints": 0, "local_byte_slices": 0},
        )
    )
    result = composer.send({"suppress_log": True, "populate_app_call_resources": False})
    return int(as_dict(result.confirmations[0])["application-index"])


def through(proxy_id: int, params: AppCallMethodCallParams, boxes: tuple[bytes, ...]) -> Call:
    """The same call, made by the proxy.

    Args:
        proxy_id: the proxy that makes it.
        params: the call as it would be made directly.
        boxes: names of the boxes of the called app that it needs.
    """
    return Call(
        replace(
            params,
            app_id=proxy_id,
            app_references=[params.app_id],
            box_references=[BoxReference(params.app_id, name) for name in boxes],
            static_fee=AlgoAmount.from_micro_algo(2_000),
        )
    )
