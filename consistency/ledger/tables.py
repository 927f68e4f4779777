"""The tables of a ledger, the same in SQLite and PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    comment="What the whole rests on: the schema's version, the rules that claims were read by, the settings.",
)
run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("author", sa.Text),
    sa.Column("program", sa.Text, nullable=False),
    sa.Column("counts", sa.Text, nullable=False),
    comment="What was done to the sources: add, remove, refresh. at: UTC; counts: JSON.",
)
source = sa.Table(
    "source",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer),
    comment="version: the current one, null once the source was removed.",
)
source_version = sa.Table(
    "source_version",
    metadata,
    sa.Column("source", sa.Integer, sa.ForeignKey("source.number"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("publisher", sa.Text),
    sa.Column("published", sa.Text),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("run", sa.Integer, sa.ForeignKey("run.id"), nullable=False),
    comment="Every version of a text. content: a hash of the text and its metadata; record: the Source, packed.",
)
reading = sa.Table(
    "reading",
    metadata,
    sa.Column("source", sa.Integer, sa.ForeignKey("source.number"), primary_key=True),
    sa.Column("claims", sa.Integer, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("portrait", sa.LargeBinary, nullable=False),
    comment="What was read in the current version of a source: consistency.archive.kept.Kept and Portrait, packed.",
)
posting = sa.Table(
    "posting",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Index("posting_number", "number"),
    sqlite_with_rowid=False,
    comment="The block keys of the current readings: who is looked for by what (consistency.topics.keys.Posting).",
)
claim = sa.Table(
    "claim",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("source", sa.Integer, sa.ForeignKey("source.number"), nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Index("claim_source", "source"),
    sa.Index("claim_fingerprint", "fingerprint"),
    comment="The claims of the current readings.",
)
topic = sa.Table(
    "topic",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    comment="The topics of more than one claim as they are today: records.TopicState, packed.",
)
topic_claim = sa.Table(
    "topic_claim",
    metadata,
    sa.Column("claim", sa.Text, primary_key=True),
    sa.Column("topic", sa.Text, sa.ForeignKey("topic.id"), primary_key=True),
    sa.Index("topic_claim_topic", "topic"),
)
finding = sa.Table(
    "finding",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("computed", sa.Text),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("recent", sa.Text, nullable=False),
    sa.Column("search", sa.Text, nullable=False),
    sa.Column("rank", sa.Float, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text),
    sa.Column("decided_version", sa.Integer),
    sa.Column("assignee", sa.Text),
    sa.Column("run", sa.Integer, sa.ForeignKey("run.id"), nullable=False),
    sa.Index("finding_rank", "rank", "id"),
    sa.Index("finding_topic", "topic"),
    comment="Findings by the id they were first seen under. computed: the id they have today, null once gone; recent: "
    "the latest publication day of their sources, '' if none is known; rank: place in the queue; status: open | "
    "second (one person decided, another must) | decided | changed (since then); verdict: the decision's kind",
)
finding_version = sa.Table(
    "finding_version",
    metadata,
    sa.Column("finding", sa.Text, sa.ForeignKey("finding.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("run", sa.Integer, sa.ForeignKey("run.id"), nullable=False),
    comment="Every version of a finding, whole: records.FindingState, packed.",
)
finding_claim = sa.Table(
    "finding_claim",
    metadata,
    sa.Column("finding", sa.Text, sa.ForeignKey("finding.id"), primary_key=True),
    sa.Column("claim", sa.Text, primary_key=True),
    sa.Index("finding_claim_claim", "claim"),
    comment="The claims of findings as they are today.",
)
finding_source = sa.Table(
    "finding_source",
    metadata,
    sa.Column("finding", sa.Text, sa.ForeignKey("finding.id"), primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("publisher", sa.Text),
    comment="The sources of findings as they are today.",
)
decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finding", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("evidence", sa.Text),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("undoes", sa.Integer),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Index("decision_finding", "finding"),
    comment="Append-only (triggers see to it). detail: JSON; hash: of the entry and of the hash before it (previous).",
)
account = sa.Table(
    "account",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("password", sa.Text),
    sa.Column("token", sa.Text, unique=True),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    comment="Who may use the desk. password: scrypt with its salt; token: sha256 of an access token.",
)
session = sa.Table(
    "session",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("expires", sa.Integer, nullable=False),
    comment="Who is signed in. id: sha256 of what the cookie holds; expires: seconds since 1970.",
)
