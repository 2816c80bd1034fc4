-- The journal: one row is one turn. Written by akka-persistence-jdbc, which names its columns, so the two of ours
-- (tx_id, slice) fill themselves.

-- The slice of a persistence id: the first 8 hex digits of its md5, modulo 1024. journal.Slices computes the same in Java.
CREATE FUNCTION slice_of(persistence_id text) RETURNS smallint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((('x' || substr(md5(persistence_id), 1, 8))::bit(32)::bigint & 1023))::smallint;

CREATE TABLE event_journal (
    ordering           bigserial,
    persistence_id     varchar(255)             NOT NULL,
    sequence_number    bigint                   NOT NULL,
    deleted            boolean                  NOT NULL DEFAULT false,
    writer             varchar(255)             NOT NULL,
    write_timestamp    bigint,
    adapter_manifest   varchar(255),
    event_ser_id       integer                  NOT NULL,
    event_ser_manifest varchar(255)             NOT NULL,
    event_payload      bytea                    NOT NULL,
    meta_ser_id        integer,
    meta_ser_manifest  varchar(255),
    meta_payload       bytea,
    tx_id              xid8                     NOT NULL DEFAULT pg_current_xact_id(),
    slice              smallint                 NOT NULL GENERATED ALWAYS AS (slice_of(persistence_id)) STORED,
    PRIMARY KEY (persistence_id, sequence_number)
);
-- Turns are stored as they are: compression costs a factor of three at this size.
ALTER TABLE event_journal ALTER COLUMN event_payload SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX event_journal_ordering_idx ON event_journal (ordering);
-- The order in which projections read.
CREATE INDEX event_journal_tx_idx ON event_journal (tx_id, ordering);

-- Never filled: no event is tagged. The plugin looks for it when it deletes.
CREATE TABLE event_tag (
    event_id bigint       NOT NULL,
    tag      varchar(256) NOT NULL,
    PRIMARY KEY (event_id, tag)
);

CREATE TABLE snapshot (
    persistence_id        varchar(255) NOT NULL,
    sequence_number       bigint       NOT NULL,
    created               bigint       NOT NULL,
    snapshot_ser_id       integer      NOT NULL,
    snapshot_ser_manifest varchar(255) NOT NULL,
    snapshot_payload      bytea        NOT NULL,
    meta_ser_id           integer,
    meta_ser_manifest     varchar(255),
    meta_payload          bytea,
    PRIMARY KEY (persistence_id, sequence_number)
);
ALTER TABLE snapshot ALTER COLUMN snapshot_payload SET STORAGE EXTERNAL;
CREATE INDEX snapshot_created_idx ON snapshot (created);

-- Turns as text, for psql.
CREATE VIEW journal_readable AS
SELECT tx_id,
       ordering,
       persistence_id,
       sequence_number,
       to_timestamp(write_timestamp / 1000.0) AS written_at,
       convert_from(event_payload, 'UTF8')::jsonb AS turn
FROM event_journal;

-- Where each projection stands, and whether it is paused (akka-projection-jdbc).
CREATE TABLE akka_projection_offset_store (
    projection_name varchar(255) NOT NULL,
    projection_key  varchar(255) NOT NULL,
    current_offset  varchar(255) NOT NULL,
    manifest        varchar(4)   NOT NULL,
    mergeable       boolean      NOT NULL,
    last_updated    bigint       NOT NULL,
    PRIMARY KEY (projection_name, projection_key)
);
CREATE INDEX projection_name_index ON akka_projection_offset_store (projection_name);

CREATE TABLE akka_projection_management (
    projection_name varchar(255) NOT NULL,
    projection_key  varchar(255) NOT NULL,
    paused          boolean      NOT NULL,
    last_updated    bigint       NOT NULL,
    PRIMARY KEY (projection_name, projection_key)
);

-- When a sleeping entity wants to be woken: its newest turn's wake_at.
CREATE TABLE alarm (
    persistence_id varchar(255) PRIMARY KEY,
    slice          smallint NOT NULL GENERATED ALWAYS AS (slice_of(persistence_id)) STORED,
    version        bigint   NOT NULL,
    wake_at        bigint   NOT NULL
);
CREATE INDEX alarm_wake_idx ON alarm (wake_at);
