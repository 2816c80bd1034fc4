-- What a snapshot is of, so that the right one is found without decoding others, and who took it and why.
ALTER TABLE snapshot
    ADD COLUMN version   bigint,
    -- The newest stamp of an event in it, epoch milliseconds.
    ADD COLUMN at_millis bigint,
    -- Why it was taken: 'due', or what an administrator said, who is then in taken_by.
    ADD COLUMN reason    varchar(200) NOT NULL DEFAULT 'due',
    ADD COLUMN taken_by  varchar(128),
    ADD COLUMN tenant    text NOT NULL
        GENERATED ALWAYS AS (split_part(split_part(persistence_id, '|', 2), ':', 1)) STORED;
UPDATE snapshot
SET version   = (convert_from(snapshot_payload, 'UTF8')::json ->> 'version')::bigint,
    at_millis = (convert_from(snapshot_payload, 'UTF8')::json ->> 'at_millis')::bigint;
ALTER TABLE snapshot
    ALTER COLUMN version SET NOT NULL,
    ALTER COLUMN at_millis SET NOT NULL;
CREATE INDEX snapshot_tenant_idx ON snapshot (tenant, persistence_id COLLATE "C", sequence_number);
