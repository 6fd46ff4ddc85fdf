-- Tables of state.db, version 1. What they mean and who writes them when: docs/ledger.md.

-- A folder of an account as one point sees it. A changed UIDVALIDITY is another row.
CREATE TABLE mailbox (
    id           INTEGER PRIMARY KEY,
    point        TEXT NOT NULL,
    account      TEXT NOT NULL,
    folder       TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    UNIQUE (point, account, folder, uid_validity)
) STRICT;

CREATE TABLE message (
    id          INTEGER PRIMARY KEY,
    mailbox     INTEGER NOT NULL REFERENCES mailbox (id),
    uid         INTEGER NOT NULL,
    message_id  BLOB NOT NULL,     -- octets of the header field
    received    INTEGER NOT NULL,  -- INTERNALDATE, seconds since 1970
    size_octets INTEGER NOT NULL,
    -- Not IN: for more than two values SQLite fills a table with them at each write.
    step        TEXT NOT NULL CHECK (step = 'planned' OR step = 'placing' OR step = 'stored' OR
                                     step = 'partial' OR step = 'none' OR step = 'failed'),
    folder      TEXT NOT NULL,     -- target folder of the document
    cause       TEXT NOT NULL,
    at          INTEGER NOT NULL,  -- seconds since 1970
    who         TEXT NOT NULL,
    instance    TEXT,              -- who holds the lease while the step is planned or placing
    UNIQUE (mailbox, uid),
    CHECK ((instance IS NOT NULL) = (step IN ('planned', 'placing')))
) STRICT;

CREATE INDEX message_leased ON message (instance) WHERE instance IS NOT NULL;

CREATE TABLE file (
    message     INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,  -- order within the message
    part        TEXT NOT NULL,
    name        TEXT NOT NULL,
    type        TEXT NOT NULL,
    size_octets INTEGER NOT NULL,
    sha256      TEXT NOT NULL,
    temporary   TEXT NOT NULL,
    file        TEXT NOT NULL,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;

-- A running program that has leases.
CREATE TABLE instance (
    id        TEXT PRIMARY KEY,
    host      TEXT NOT NULL,
    process   INTEGER NOT NULL,
    started   TEXT NOT NULL,     -- tells a process from a later one of the same number
    heartbeat INTEGER NOT NULL   -- seconds since 1970
) STRICT, WITHOUT ROWID;
