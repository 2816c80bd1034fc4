-- Domain events in Redis Streams: who reads them and how far, what could not be processed, and rows to be sent that no
-- entity writes.

-- A stream is whole in Redis while this number stands there too; it is raised whenever the stream has to be filled anew.
CREATE TABLE stream (
    stream     text   PRIMARY KEY,
    generation bigint NOT NULL
);

-- Registered consumer groups, and which consumer of each may work just now.
CREATE TABLE stream_group (
    stream         text        NOT NULL,
    consumer_group text        NOT NULL,
    owner          text,
    -- Raised when another consumer takes over: what the former one still does is refused.
    epoch          bigint      NOT NULL DEFAULT 0,
    owned_until    timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (stream, consumer_group)
);

-- Up to where a group has everything of a source (a range of slices, or the outbox).
CREATE TABLE stream_position (
    stream         text   NOT NULL,
    consumer_group text   NOT NULL,
    source         text   NOT NULL,
    tx_id          bigint NOT NULL,
    ordering       bigint NOT NULL,
    PRIMARY KEY (stream, consumer_group, source)
);

-- The last message of an entity whose effect is there; written with the effect.
CREATE TABLE stream_mark (
    stream         text   NOT NULL,
    consumer_group text   NOT NULL,
    entity         text   NOT NULL,
    version        bigint NOT NULL,
    PRIMARY KEY (stream, consumer_group, entity)
);

CREATE TABLE stream_dead_letter (
    id               bigserial   PRIMARY KEY,
    original_stream  text        NOT NULL,
    consumer_group   text        NOT NULL,
    -- The message's own id, the same when it is sent again.
    message_id       text        NOT NULL,
    entity           text        NOT NULL,
    version          bigint      NOT NULL,
    tenant           text        NOT NULL,
    -- processing_error; parked, behind an earlier one of its entity; malformed
    error_type       text        NOT NULL,
    error_message    text        NOT NULL,
    failed_at        timestamptz NOT NULL DEFAULT now(),
    -- Retries by order; the automatic ones before it came here are not counted.
    retry_count      integer     NOT NULL DEFAULT 0,
    original_payload json        NOT NULL,
    -- Whether it is to be tried again.
    due              boolean     NOT NULL DEFAULT false,
    -- Why it never will be.
    discarded        text,
    UNIQUE (original_stream, consumer_group, message_id)
);
CREATE INDEX stream_dead_letter_entity_idx ON stream_dead_letter (original_stream, consumer_group, entity, version)
    WHERE discarded IS NULL;

-- Messages that are written together with rows outside entities.
CREATE TABLE stream_outbox (
    -- Of one key in the order of commits.
    id            bigserial   PRIMARY KEY,
    stream        text        NOT NULL,
    key           text        NOT NULL,
    tenant        text        NOT NULL,
    name          text        NOT NULL,
    body          text        NOT NULL,
    written_at    timestamptz NOT NULL DEFAULT now(),
    attempts      integer     NOT NULL DEFAULT 0,
    claimed_until timestamptz,
    published_at  timestamptz,
    -- Why it is not tried any more.
    given_up      text
);
CREATE INDEX stream_outbox_pending_idx ON stream_outbox (stream, id) WHERE published_at IS NULL AND given_up IS NULL;
CREATE INDEX stream_outbox_published_idx ON stream_outbox (published_at) WHERE published_at IS NOT NULL;
