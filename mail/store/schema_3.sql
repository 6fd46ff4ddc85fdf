-- What version 3 of state.db adds to version 2. What it means: docs/ledger.md, "Claims".

-- 1: the message has our mark in the mailbox, or may have it.
ALTER TABLE message ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0
    CHECK (claimed = 0 OR claimed = 1);

CREATE INDEX message_claimed_in_vain ON message (mailbox)
    WHERE claimed = 1 AND (step = 'failed' OR step = 'none');
