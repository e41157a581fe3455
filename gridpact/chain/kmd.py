"""KMD of a LocalNet: wallets without a password, each opened once.

Opening takes KMD about a second: what is in a wallet is remembered for the run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from algosdk.error import KMDHTTPError
from algosdk.kmd import KMDClient

from gridpact.chain.errors import NoKeyError

if TYPE_CHECKING:
    from algokit_utils import SigningAccount

NO_PASSWORD = ""


@dataclass(eq=False)
class NoKmd(NoKeyError):
    """Wallets of KMD are used on a LocalNet only."""

    network: str


@dataclass(eq=False)
class KmdNotNamed(NoKeyError):
    """No KMD is named where the LocalNet's algod is."""


@dataclass(eq=False)
class WalletNotFound(NoKeyError):
    """The LocalNet has no wallet of this name."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class WalletLocked(NoKeyError):
    """The wallet has a password: its keys are not for this program."""

    name: str


@dataclass
class Wallets:
    """The wallets of a KMD."""

    kmd: KMDClient
    _ids: dict[str, str] | None = None
    _opened: dict[str, tuple[SigningAccount, ...] | None] = field(default_factory=dict)
    """By name; None: it has a password."""

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, sorted."""
        return tuple(sorted(self._known()))

    def accounts(self, name: str) -> tuple[SigningAccount, ...] | None:
        """The accounts of a wallet, oldest first; none where there is no such wallet. None: it has a password."""
        wallet_id = self._known().get(name)
        if wallet_id is None:
            return ()
        if name not in self._opened:
            self._opened[name] = self._open(wallet_id)
        return self._opened[name]

    def create(self, name: str) -> SigningAccount:
        """Make an account, and its wallet where it is missing.

        Raises:
            WalletLocked: the wallet has a password.
        """
        there = self.accounts(name)
        if there is None:
            raise WalletLocked(name)
        known = self._known()
        if name not in known:
            known[name] = str(self.kmd.create_wallet(name, NO_PASSWORD)["id"])
        handle = self.kmd.init_wallet_handle(known[name], NO_PASSWORD)
        try:
            made = self._account(handle, self.kmd.generate_key(handle))
        finally:
            self.kmd.release_wallet_handle(handle)
        self._opened[name] = (*there, made)
        return made

    def _known(self) -> dict[str, str]:
        if self._ids is None:
            self._ids = {str(wallet["name"]): str(wallet["id"]) for wallet in self.kmd.list_wallets()}
        return self._ids

    def _open(self, wallet_id: str) -> tuple[SigningAccount, ...] | None:
        try:
            handle = self.kmd.init_wallet_handle(wallet_id, NO_PASSWORD)
        except KMDHTTPError as error:
            if "wrong password" in str(error):
                return None
            raise
        try:
            return tuple(self._account(handle, address) for address in self.kmd.list_keys(handle))
        finally:
            self.kmd.release_wallet_handle(handle)

    def _account(self, handle: str, address: str) -> SigningAccount:
        from algokit_utils import SigningAccount

        return SigningAccount(private_key=self.kmd.export_key(handle, NO_PASSWORD, address))
