-- Changes sealed to the office, and the devices that seal them.

-- Keys that phones seal their unsent changes to. All of an office's keys open, the newest one seals.
create table office_keys (
    office blob not null references offices,
    id blob not null,
    made_at integer not null,
    secret blob not null,
    point blob not null,
    primary key (office, id)
) strict, without rowid;

-- What a device says of itself, and whether it may still be worked with.
alter table devices add column first_seen integer;
alter table devices add column name text not null default '';
-- The public half of the key that it signs with; the first one counts.
alter table devices add column point blob;
alter table devices add column unlock text;
alter table devices add column free_mb integer;
alter table devices add column failures integer not null default 0;
-- The families on it, as it last said; a JSON list of ids.
alter table devices add column families text not null default '[]';
alter table devices add column revoked_at integer;
alter table devices add column revoked_by blob;
alter table devices add column revoke_reason text;
alter table devices add column wiped_at integer;
create index devices_by_id on devices (id);

-- The device that works in a session: they end together.
alter table sessions add column device blob;

-- Changes that came from a revoked device or for a closed account: their manager decides. Nothing leaves this table.
create table late_changes (
    office blob not null references offices,
    id blob not null,
    user_id blob not null references users,
    device blob not null,
    received_at integer not null,
    body text not null,
    fate text not null default 'WAITING',
    decided_at integer,
    decided_by blob,
    reason text,
    primary key (office, user_id, id)
) strict, without rowid;
create index late_changes_waiting on late_changes (office, received_at) where fate = 'WAITING';
