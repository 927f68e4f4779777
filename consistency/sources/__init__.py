"""Files, folders, standard input and records to `Source`: the first stage."""

from consistency.config import Limits
from consistency.sources.location import locate
from consistency.sources.reading import read_paths, read_records, records_against, stream_against, stream_paths

__all__ = ["Limits", "locate", "read_paths", "read_records", "records_against", "stream_against", "stream_paths"]
