-- Secret addresses of calendar feeds: one a person at most, and only while they want it.
create table calendar_feeds (
    user_id uuid primary key references users,
    -- SHA-256 of the token in the address: who reads the database cannot read the feeds.
    token_hash bytea not null unique,
    made_at bigint not null
);
