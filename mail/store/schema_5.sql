-- What version 5 of state.db makes of version 4. What it means: docs/ledger.md, "Manifests".

-- The name of the manifest that says what the message became, if one does; '' too where a program of
-- an earlier version began it.
ALTER TABLE message ADD COLUMN manifest TEXT NOT NULL DEFAULT '';
