"""What the shell completes beside the commands' names: months, agreements, invoices and offers of the chain."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from gridpact.settings import NETWORK_VARIABLE

if TYPE_CHECKING:
    from gridpact.deployment.record import Deployment

BASH: Final = """
%(complete_func)s() {
    local IFS=$'\\n' line="${COMP_LINE:0:$COMP_POINT}" count word
    word="${line##* }"
    count=$(printf '%%s' "$line" | wc -w)
    [[ -n $word ]] && count=$(( count - 1 ))
    COMPREPLY=( $( env COMP_WORDS="$line" COMP_CWORD="$count" %(autocomplete_var)s=complete_bash $1 ) )
    if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
        COMPREPLY=( "${COMPREPLY[@]#"${word%%:*}:"}" )
    fi
    return 0
}

complete -o default -F %(complete_func)s %(prog_name)s
"""
"""Bash takes a colon for the end of a word: the line is read whole, and what stands before the colon is left out again.
`%%` is a percent sign: Typer fills in the names."""


def use_own_script() -> None:
    """Let Typer show and install this script for bash, instead of its own, which knows nothing of colons."""
    from typer import _completion_shared as shared

    shared._completion_scripts["bash"] = BASH


def epochs(incomplete: str) -> list[str]:
    """The months of which something is recorded."""
    return _found(lambda chain: (ledger.epoch_id for ledger in chain.production.ledgers()), incomplete)


def agreements(incomplete: str) -> list[str]:
    """The numbers of the agreements."""
    return _found(lambda chain: chain.billing.agreements(), incomplete)


def invoices(incomplete: str) -> list[str]:
    """The invoices, as agreement and month."""
    return _found(lambda chain: (one.invoice_id for one in chain.billing.invoices()), incomplete)


def sell_offers(incomplete: str) -> list[str]:
    """The ids of the sell offers that are open."""
    return _found(lambda chain: _open(chain, is_sell=True), incomplete)


def buy_offers(incomplete: str) -> list[str]:
    """The ids of the buy offers that are open."""
    return _found(lambda chain: _open(chain, is_sell=False), incomplete)


def _open(chain: "Deployment", *, is_sell: bool) -> Iterable[int]:
    from gridpact.market.read import Side, Status

    offers = chain.market.offers(Side.SELL if is_sell else Side.BUY)
    return (offer.offer_id for offer in offers if offer.status is Status.ACTIVE)


def _found(values: Callable[["Deployment"], Iterable[object]], incomplete: str) -> list[str]:
    """What begins as it was typed; nothing where the chain cannot be read: a shell has no place for a complaint."""
    from gridpact.chain.connection import NETWORK_FAILURES
    from gridpact.cli.options import Options
    from gridpact.cli.session import Program, Session, load_environment
    from gridpact.errors import GridPactError

    try:
        settings = load_environment(os.environ.get(NETWORK_VARIABLE) or None)
        texts = [str(value) for value in values(Session(Program(settings), Options(json=True)).deployment)]
    except (GridPactError, *NETWORK_FAILURES):
        return []
    return [text for text in texts if text.startswith(incomplete)]
