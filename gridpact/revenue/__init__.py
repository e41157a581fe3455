"""RevenueVault: the kW token, deposits of net revenue, claims."""
