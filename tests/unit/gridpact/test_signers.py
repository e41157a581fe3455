"""Keys from the environment. The words never come back in a message."""

import pytest
from algosdk import account, mnemonic

from gridpact.chain.keys import NotAMnemonic, NotAnAddress, Role, mnemonic_account, require_address


def test_mnemonic(monkeypatch: pytest.MonkeyPatch) -> None:
    private_key, address = account.generate_account()
    monkeypatch.setenv(Role.OPERATOR.variable, f"  {mnemonic.from_private_key(private_key)} ")
    found = mnemonic_account("OPERATOR_MNEMONIC")
    assert found is not None
    assert found.address == address


@pytest.mark.parametrize("unset", [None, "", "  "])
def test_no_mnemonic(monkeypatch: pytest.MonkeyPatch, unset: str | None) -> None:
    monkeypatch.delenv("BUYER_MNEMONIC", raising=False)
    if unset is not None:
        monkeypatch.setenv("BUYER_MNEMONIC", unset)
    assert mnemonic_account("BUYER_MNEMONIC") is None


@pytest.mark.parametrize("words", ["abandon", "abandon " * 25, "secret " * 25, "zoo " * 24])
def test_bad_mnemonic_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("BUYER_MNEMONIC", words)
    with pytest.raises(NotAMnemonic) as caught:
        mnemonic_account("BUYER_MNEMONIC")
    assert caught.value.variable == "BUYER_MNEMONIC"
    assert words.split()[0] not in str(caught.value)


def test_address_with_a_typing_error() -> None:
    _, address = account.generate_account()
    assert require_address(address) == address
    typo = ("B" if address[0] == "A" else "A") + address[1:]
    with pytest.raises(NotAnAddress) as caught:
        require_address(typo, "buyer")
    assert (caught.value.text, caught.value.what) == (typo, "buyer")
