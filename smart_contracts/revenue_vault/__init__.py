"""RevenueVault: the kW token and the net revenue of its holders."""
