-- What remains of entities that were erased: a number (of a learner, his last epoch) under a keyed hash of the persistence id.
-- The key is a secret of the nodes and stands nowhere in the database.
CREATE TABLE erased (
    hash      bytea  PRIMARY KEY,
    remainder bigint NOT NULL
);
