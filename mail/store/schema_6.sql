-- What version 6 of state.db adds to version 5. What it means: docs/ocr.md, docs/ledger.md.

-- A file in the folder of an OCR point, by its name in it.
CREATE TABLE ocr_job (
    point         TEXT NOT NULL,
    folder        TEXT NOT NULL,
    file          TEXT NOT NULL,
    size_octets   INTEGER NOT NULL,
    modified      INTEGER NOT NULL,  -- seconds since 1970; another size or date is another file
    pages         INTEGER NOT NULL,  -- -1: not known
    state         TEXT NOT NULL CHECK (state = 'queued' OR state = 'running' OR state = 'done' OR
                                       state = 'failed'),
    reason        TEXT NOT NULL,     -- why it failed
    code          INTEGER NOT NULL,  -- exit code or signal
    words         TEXT NOT NULL,     -- what the command said last
    scratch       TEXT NOT NULL,     -- folder of the command's own; '' where there is none
    result        TEXT NOT NULL,     -- path that the result gets or has
    result_sha256 TEXT NOT NULL,
    since         INTEGER NOT NULL,  -- first seen, seconds since 1970
    at            INTEGER NOT NULL,  -- of the state
    instance      TEXT,              -- who runs it
    PRIMARY KEY (point, folder, file),
    CHECK ((instance IS NOT NULL) = (state = 'running'))
) STRICT, WITHOUT ROWID;

CREATE INDEX ocr_job_leased ON ocr_job (instance) WHERE instance IS NOT NULL;
CREATE INDEX ocr_job_of_file ON ocr_job (folder, file);

-- The parts that did not become files, a line each: '?' where somebody has to decide and '-' else, the reason, a blank,
-- the name.
ALTER TABLE message ADD COLUMN left_out TEXT NOT NULL DEFAULT '';
