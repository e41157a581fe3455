"""Networks, groups, signatures, state and events of the four contracts: knows no energy and no sentence."""
