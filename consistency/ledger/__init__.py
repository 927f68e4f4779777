"""What lasts: sources with every version of their text, claims, topics, findings, and what people decided.

SQLAlchemy Core over SQLite (a file) or PostgreSQL (a server).
"""
