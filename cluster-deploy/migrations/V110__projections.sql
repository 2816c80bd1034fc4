-- What operators have decided about each projection, and who may write it just now.

CREATE TABLE projection (
    name       text PRIMARY KEY,
    paused     boolean NOT NULL DEFAULT false,
    -- A rebuild keeps the workers away for the moment in which it compares and swaps; over by itself if its node dies.
    held_until timestamptz
);

-- One row per worker. Every batch locks it for its own transaction and goes on only under the epoch that it claimed: of two
-- owners the older one cannot write.
CREATE TABLE projection_worker (
    projection text   NOT NULL REFERENCES projection,
    slices     text   NOT NULL,
    epoch      bigint NOT NULL DEFAULT 0,
    owner      text,
    claimed_at timestamptz,
    -- Whoever claims it next begins at the start of the journal.
    restart    boolean NOT NULL DEFAULT false,
    error      text,
    failed_at  timestamptz,
    PRIMARY KEY (projection, slices)
);

-- Entities whose turns a view could not take: one row per entity, which points to the turn that failed. That turn and all
-- later ones of the entity wait in the journal, in order, up to newest_sequence_number.
CREATE TABLE dead_letter (
    id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    projection             text        NOT NULL,
    persistence_id         varchar(255) COLLATE "C" NOT NULL,
    sequence_number        bigint      NOT NULL,
    version                bigint      NOT NULL,
    newest_sequence_number bigint      NOT NULL,
    cause                  text        NOT NULL,
    error                  text        NOT NULL,
    attempts               integer     NOT NULL,
    retries                integer     NOT NULL DEFAULT 0,
    failed_at              timestamptz NOT NULL DEFAULT now(),
    tried_at               timestamptz NOT NULL DEFAULT now(),
    UNIQUE (projection, persistence_id)
);
CREATE INDEX dead_letter_cause_idx ON dead_letter (projection, cause);

-- Rebuilds, one row per projection: the latest.
CREATE TABLE projection_rebuild (
    projection   text PRIMARY KEY REFERENCES projection,
    id           text        NOT NULL,
    state        text        NOT NULL,
    started_by   text        NOT NULL,
    reason       text        NOT NULL,
    swaps        boolean     NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT now(),
    seen_at      timestamptz NOT NULL DEFAULT now(),
    ended_at     timestamptz,
    rows_done    bigint      NOT NULL DEFAULT 0,
    rows_total   bigint      NOT NULL DEFAULT 0,
    only_before  bigint,
    only_after   bigint,
    error        text
);

-- What operators did, and why.
CREATE TABLE projection_action (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    done_at    timestamptz NOT NULL DEFAULT now(),
    done_by    text        NOT NULL,
    projection text        NOT NULL,
    action     text        NOT NULL,
    reason     text        NOT NULL,
    detail     text
);
CREATE INDEX projection_action_newest_idx ON projection_action (projection, id DESC);
