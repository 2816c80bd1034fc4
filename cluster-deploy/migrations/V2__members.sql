-- The list of members for administrators, kept by a projection. Credentials are not in it: they stay in the journal.
CREATE TABLE member_view (
    tenant            varchar(32)  NOT NULL,
    -- The entity's id. Pages are in its order, which is the same in every locale.
    username_id       varchar(200) COLLATE "C" NOT NULL,
    user_id           varchar(128) NOT NULL,
    username          varchar(256) NOT NULL,
    email             varchar(320),
    role              varchar(16)  NOT NULL,
    weight_hundredths integer      NOT NULL,
    disabled          boolean      NOT NULL,
    registered_at     timestamptz  NOT NULL,
    -- The entity's version, by which a turn that comes twice is found out.
    version           bigint       NOT NULL,
    PRIMARY KEY (tenant, username_id)
);
