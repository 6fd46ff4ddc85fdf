-- What version 3 of state.db makes of version 2. What it means: docs/ledger.md.

ALTER TABLE removal RENAME TO removal_2;
DROP INDEX removal_leased;
DROP INDEX removal_kept;

CREATE TABLE removal (
    mailbox       INTEGER NOT NULL REFERENCES mailbox (id),
    uid           INTEGER NOT NULL,
    -- 0: the message that has the UID, or had it last. Others had it before, and have a copy.
    number        INTEGER NOT NULL,
    message_id    BLOB NOT NULL,     -- octets of the header field
    received      INTEGER NOT NULL,  -- INTERNALDATE, seconds since 1970
    size_octets   INTEGER NOT NULL,
    stage         TEXT NOT NULL CHECK (stage = 'hidden' OR stage = 'marked' OR stage = 'removing' OR
                                       stage = 'removed' OR stage = 'restoring'),
    hidden        INTEGER NOT NULL,  -- 1: off the list as well, if it stays in the mailbox
    copy          TEXT NOT NULL,     -- name of its file in the quarantine; '' where there is none
    copy_octets   INTEGER NOT NULL,
    copy_sha256   TEXT NOT NULL,
    flags         TEXT NOT NULL,
    subject       TEXT NOT NULL,
    sender        TEXT NOT NULL,
    at            INTEGER NOT NULL,  -- of hiding or removal, seconds since 1970
    keep_until    INTEGER NOT NULL,  -- the copy
    who           TEXT NOT NULL,     -- hid or removed it
    restorer      TEXT NOT NULL,     -- puts it back, while the stage is restoring
    -- UIDs from this one on were given after the removal, or after restoring began; 0: not known.
    next_validity INTEGER NOT NULL,
    next_uid      INTEGER NOT NULL,
    astray        INTEGER NOT NULL,  -- 1: the mark may be on what has the UID by now
    stopped       INTEGER NOT NULL,  -- 1: by the operator, to be rolled back
    instance      TEXT,              -- who holds the lease while the stage is removing or restoring
    PRIMARY KEY (mailbox, uid, number),
    CHECK ((instance IS NOT NULL) = (stage = 'removing' OR stage = 'restoring'))
) STRICT, WITHOUT ROWID;

INSERT INTO removal
    SELECT mailbox, uid, 0, message_id, received, size_octets, stage, 0, copy, copy_octets,
           copy_sha256, flags, subject, sender, at, keep_until, who, restorer, 0, 0, 0, 0, instance
    FROM removal_2;
DROP TABLE removal_2;

CREATE INDEX removal_leased ON removal (instance) WHERE instance IS NOT NULL;
CREATE INDEX removal_kept ON removal (keep_until) WHERE copy <> '';

-- Copies in the quarantine that no removal names, since a program has first seen them so.
CREATE TABLE stray (
    copy  TEXT PRIMARY KEY,  -- name of its file
    since INTEGER NOT NULL   -- number of the first line of the activity log after that
) STRICT, WITHOUT ROWID;

-- "Claims" there.
-- 1: the message has our mark in the mailbox, or may have it.
ALTER TABLE message ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0
    CHECK (claimed = 0 OR claimed = 1);

CREATE INDEX message_claimed_in_vain ON message (mailbox)
    WHERE claimed = 1 AND (step = 'failed' OR step = 'none');

-- 1: to leave the mailbox after its document, by what the point said when it was taken.
ALTER TABLE message ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
