"""What must follow from what happened: the rules of each app, one module an app.

Each rule is a function named after its event. It is written to be compared with `docs/contracts.md` by a person, and
shares no code with what the library predicts before it sends.
"""
