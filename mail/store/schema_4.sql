-- What version 4 of state.db makes of version 3. What it means: docs/ledger.md, "Claims".

-- One row: whose the marks are that this workspace sets in mailboxes.
CREATE TABLE claimant (
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4294967295)
) STRICT;

INSERT INTO claimant VALUES ((random() & 4294967295) | 1);
