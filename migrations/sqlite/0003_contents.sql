-- The bytes of files. What a file is stands in its record; here is only what would make records heavy.
create table contents (
    office blob not null references offices,
    id blob not null,
    record blob not null,
    family blob not null,
    author blob not null,
    received_at integer not null,
    hash text not null,
    body blob not null,
    primary key (office, id)
) strict;
create index contents_by_record on contents (office, record);
create trigger contents_are_kept before update on contents
begin select raise(abort, 'files are never altered'); end;
