"""A whole run over files."""
