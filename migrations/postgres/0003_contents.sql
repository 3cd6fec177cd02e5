-- The bytes of files. What a file is stands in its record; here is only what would make records heavy.
create table contents (
    office uuid not null references offices,
    id uuid not null,
    record uuid not null,
    family uuid not null,
    author uuid not null,
    received_at bigint not null,
    hash text not null,
    -- Photos are packed as they are: trying to compress them again costs time and gains nothing.
    body bytea not null,
    primary key (office, id)
);
alter table contents alter column body set storage external;
create index contents_by_record on contents (office, record);
create trigger contents_are_kept before update on contents
for each statement execute function refuse_alteration();
