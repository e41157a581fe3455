"""Operator commands: they parse, call `gridpact`, and show. No business rule lives here."""
