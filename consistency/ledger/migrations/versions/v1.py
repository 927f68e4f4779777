"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Makes all tables, and closes the book of decisions against changes."""
    op.create_table(
        "account",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("token"),
        comment="Who may use the desk. password: scrypt with its salt; token: sha256 of an access token.",
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hash"),
        comment="Append-only (triggers see to it). detail: JSON; hash: of the entry and of the hash "
        "before it (previous).",
    )
    op.create_index("decision_finding", "decision", ["finding"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        comment="What the whole rests on: the schema's version, the rules that claims were read by, the settings.",
    )
    op.create_table(
        "posting",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "number", "part"),
        sqlite_with_rowid=False,
        comment="The block keys of the current readings: who is looked for by what (consistency.topics.keys.Posting).",
    )
    op.create_index("posting_number", "posting", ["number"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="What was done to the sources: add, remove, refresh. at: UTC; counts: JSON.",
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="Who is signed in. id: sha256 of what the cookie holds; expires: seconds since 1970.",
    )
    op.create_table(
        "source",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
        comment="version: the current one, null once the source was removed.",
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="The topics of more than one claim as they are today: records.TopicState, packed.",
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["source.number"],
        ),
        sa.PrimaryKeyConstraint("id"),
        comment="The claims of the current readings.",
    )
    op.create_index("claim_fingerprint", "claim", ["fingerprint"], unique=False)
    op.create_index("claim_source", "claim", ["source"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("computed", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("recent", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("decided_version", sa.Integer(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        comment="Findings by the id they were first seen under. computed: the id they have today, null "
        "once gone; recent: the latest publication day of their sources, '' if none is known; "
        "rank: place in the queue; status: open | second (one person decided, another must) | "
        "decided | changed (since then); verdict: the decision's kind",
    )
    op.create_index("finding_rank", "finding", ["rank", "id"], unique=False)
    op.create_index("finding_topic", "finding", ["topic"], unique=False)
    op.create_table(
        "reading",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("portrait", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["source.number"],
        ),
        sa.PrimaryKeyConstraint("source"),
        comment="What was read in the current version of a source: consistency.archive.kept.Kept and Portrait, packed.",
    )
    op.create_table(
        "source_version",
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source"],
            ["source.number"],
        ),
        sa.PrimaryKeyConstraint("source", "version"),
        comment="Every version of a text. content: a hash of the text and its metadata; record: the Source, packed.",
    )
    op.create_table(
        "topic_claim",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic"],
            ["topic.id"],
        ),
        sa.PrimaryKeyConstraint("claim", "topic"),
    )
    op.create_index("topic_claim_topic", "topic_claim", ["topic"], unique=False)
    op.create_table(
        "finding_claim",
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"],
            ["finding.id"],
        ),
        sa.PrimaryKeyConstraint("finding", "claim"),
        comment="The claims of findings as they are today.",
    )
    op.create_index("finding_claim_claim", "finding_claim", ["claim"], unique=False)
    op.create_table(
        "finding_source",
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding"],
            ["finding.id"],
        ),
        sa.PrimaryKeyConstraint("finding", "source"),
        comment="The sources of findings as they are today.",
    )
    op.create_table(
        "finding_version",
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"],
            ["finding.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("finding", "version"),
        comment="Every version of a finding, whole: records.FindingState, packed.",
    )
    _append_only("decision")
    for book in ("sources", "decisions"):
        op.execute(sa.text("INSERT INTO meta (key, value) VALUES (:key, '')").bindparams(key=f"lock:{book}"))


def _append_only(table: str) -> None:
    """The rows of a table can be added, and neither changed nor removed."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        op.execute(  # REPLACE removes rows without a word to the trigger of DELETE
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR hash = NEW.hash) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {table}_closed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_closed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_closed()"
    )
