"""Imports and builds what every run of the program needs: preloaded once, inherited by each process that is forked."""

from algokit_utils import AlgorandClient
from typer.testing import CliRunner

from gridpact.chain.events import decode
from gridpact.cli.app import app
from gridpact.contracts.offer_book_client import OfferBookClient
from gridpact.market.read import offer_layout

# Nothing listens there: the command gets as far as one can without a node.
CliRunner().invoke(app, ["market", "match", "--yes"], env={"ALGOD_SERVER": "http://127.0.0.1", "ALGOD_PORT": "9"})
OfferBookClient(algorand=AlgorandClient.default_localnet(), app_id=1)
decode(1, bytes(4))
offer_layout()
