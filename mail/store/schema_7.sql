-- What version 7 of state.db adds to version 6. What it means: docs/ledger.md, "Decisions".

-- What somebody decided about a part. A message is known by its Message-ID and date, whatever its UID is by now; one
-- without a Message-ID by its UID, which is 0 as is the UIDVALIDITY where there is one.
CREATE TABLE decision (
    point        TEXT NOT NULL,
    message_id   BLOB NOT NULL,
    received     INTEGER NOT NULL,  -- INTERNALDATE, seconds since 1970
    uid_validity INTEGER NOT NULL,
    uid          INTEGER NOT NULL,
    part         TEXT NOT NULL,     -- its path
    name         TEXT NOT NULL,     -- of its file, as the mail says it
    decision     TEXT NOT NULL CHECK (decision = 'by_rules' OR decision = 'take' OR decision = 'skip'),
    who          TEXT NOT NULL,
    at           INTEGER NOT NULL,  -- seconds since 1970
    PRIMARY KEY (point, message_id, received, uid_validity, uid, part)
) STRICT, WITHOUT ROWID;
