"""KMD: the wallets of the LocalNet and their keys, over HTTP."""
