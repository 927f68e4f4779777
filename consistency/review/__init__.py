"""The review desk: pages on which people work through the findings of a ledger (`consistency review`).

Plain forms that work without a script; everything from a source is escaped; nothing is loaded from elsewhere.
"""
