"""What ids in events stand for, read from the chain when an event names them."""

from functools import cached_property

from gridpact.chain.assets import asset
from gridpact.deployment.record import Deployment
from gridpact.units import Asset


class DeploymentNames:
    """The names of one deployment. Each is read once."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._assets: dict[int, Asset] = {}

    def asset(self, asset_id: int) -> Asset:
        """What an amount is counted in."""
        if asset_id not in self._assets:
            self._assets[asset_id] = asset(self._deployment.connection.algod, asset_id)
        return self._assets[asset_id]

    def meter(self, meter_id: int) -> str:
        """A meter's name; for a reading without a meter, that."""
        return self._meters.get(meter_id, f"meter {meter_id}") if meter_id else "the project"

    def app(self, app_id: int) -> str:
        """A contract's name."""
        contract = self._deployment.apps.contracts.get(app_id)
        return f"app {app_id}" if contract is None else contract.value

    @cached_property
    def vault(self) -> str:
        """The vault's own address: its line in the book is nobody's."""
        return self._deployment.revenue.address

    @cached_property
    def _meters(self) -> dict[int, str]:
        return {meter.meter_id: meter.label for meter in self._deployment.production.meters()}
