-- What version 2 of state.db adds to version 1. What it means: docs/ledger.md.

-- A message off the list or out of the mailbox. Whatever became of its document is in `message`.
CREATE TABLE removal (
    mailbox     INTEGER NOT NULL REFERENCES mailbox (id),
    uid         INTEGER NOT NULL,
    message_id  BLOB NOT NULL,     -- octets of the header field
    received    INTEGER NOT NULL,  -- INTERNALDATE, seconds since 1970
    size_octets INTEGER NOT NULL,
    stage       TEXT NOT NULL CHECK (stage = 'hidden' OR stage = 'removing' OR
                                     stage = 'removed' OR stage = 'restoring'),
    copy        TEXT NOT NULL,     -- name of its file in the quarantine; '' where there is none
    copy_octets INTEGER NOT NULL,
    copy_sha256 TEXT NOT NULL,
    flags       TEXT NOT NULL,
    subject     TEXT NOT NULL,
    sender      TEXT NOT NULL,
    at          INTEGER NOT NULL,  -- of hiding or removal, seconds since 1970
    keep_until  INTEGER NOT NULL,  -- the copy
    who         TEXT NOT NULL,     -- hid or removed it
    restorer    TEXT NOT NULL,     -- puts it back, while the stage is restoring
    instance    TEXT,              -- who holds the lease while the stage is removing or restoring
    PRIMARY KEY (mailbox, uid),
    CHECK ((instance IS NOT NULL) = (stage = 'removing' OR stage = 'restoring'))
) STRICT, WITHOUT ROWID;

CREATE INDEX removal_leased ON removal (instance) WHERE instance IS NOT NULL;
CREATE INDEX removal_kept ON removal (keep_until) WHERE copy <> '';

-- The activity log. `what` has no CHECK: a new word shall need no new table.
CREATE TABLE action (
    number     INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,  -- seconds since 1970
    who        TEXT NOT NULL,
    point      TEXT NOT NULL,     -- its id; '' where it is about none
    point_name TEXT NOT NULL,
    what       TEXT NOT NULL,
    uid        INTEGER NOT NULL,  -- 0: about no message
    subject    TEXT NOT NULL,
    result     TEXT NOT NULL,     -- '' done
    detail     TEXT NOT NULL
) STRICT;

CREATE INDEX action_by_point ON action (point);
CREATE INDEX action_by_time ON action (at);

-- Whether the same content was saved before. Planned files have no hash yet.
CREATE INDEX file_by_content ON file (sha256) WHERE sha256 <> '';
