"""Every error a user can meet. Each says what happened, in which source or file, and where in it."""


class ConsistencyError(Exception):
    """Base of all errors of this package.

    message: one sentence; source: file or source id, if one is to blame; line: 1-based line in it, if known.
    """

    exit_status = 2

    def __init__(self, message: str, source: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.line = line

    def __str__(self) -> str:
        if self.source is None:
            return self.message
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.message}"


class UsageError(ConsistencyError):
    """The command or the API was called with arguments that make no sense."""


class ConfigError(ConsistencyError):
    """A configuration file is broken or names a setting that does not exist."""


class RuleError(ConsistencyError):
    """A file of `rules/` is broken: syntax, an unknown key, or an entry that cannot be."""


class SourceError(ConsistencyError):
    """A source could not be read; the others are still processed and this one is listed as skipped."""


class NotReadError(SourceError):
    """A source in order that is not for this program: another language, another type of file."""


class LedgerError(ConsistencyError):
    """A ledger cannot be used: there is none, it is of another version, it is damaged, or something in it is not so."""
