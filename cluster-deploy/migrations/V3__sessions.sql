-- Bidding sessions and their orders as lists show them, kept by the projection `sessions`.
CREATE TABLE session_view (
    tenant              text        NOT NULL,
    session_id          text        NOT NULL,
    phase               text        NOT NULL,
    terms               jsonb       NOT NULL,
    starts_at           timestamptz NOT NULL,
    ends_at             timestamptz NOT NULL,
    bidders             integer,
    bids                bigint,
    highest_price_cents bigint,
    final_price_cents   bigint,
    cancel_reason       text,
    scheduled_at        timestamptz NOT NULL,
    version             bigint      NOT NULL,
    PRIMARY KEY (tenant, session_id)
);
CREATE INDEX session_view_newest_idx ON session_view (tenant, scheduled_at DESC, session_id DESC);
CREATE INDEX session_view_open_idx ON session_view (tenant, ends_at) WHERE phase = 'open';

CREATE TABLE order_view (
    tenant          text        NOT NULL,
    session_id      text        NOT NULL,
    rank            integer     NOT NULL,
    bidder          text        NOT NULL,
    title           text        NOT NULL,
    bid_price_cents bigint      NOT NULL,
    price_cents     bigint      NOT NULL,
    settled_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant, session_id, rank),
    UNIQUE (tenant, session_id, bidder)
);
CREATE INDEX order_view_bidder_idx ON order_view (tenant, bidder, settled_at DESC, session_id DESC);
