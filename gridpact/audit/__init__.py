"""The audit: everything that the four apps hold, recomputed from the chain alone.

It needs nobody's word: no file of the operator, no history database. `past` reads what happened, `replay` says what
must follow from it, `present` reads what the apps hold, and `audit` compares the two.
"""
