-- What an office has set: lengths of terms, its letterhead, what it laid over the forms. The last row counts;
-- rows are only ever added.
create table office_books (
    office blob not null references offices,
    -- The revision of the office that this took.
    tag integer not null,
    body text not null check (json_valid(body)),
    published_at integer not null,
    published_by blob not null,
    primary key (office, tag)
) strict, without rowid;
create trigger office_books_are_kept_update before update on office_books
begin select raise(abort, 'settings are never altered'); end;
create trigger office_books_are_kept_delete before delete on office_books
begin select raise(abort, 'settings are never deleted'); end;
insert into sqlite_stat1 (tbl, idx, stat) values ('office_books', 'office_books', '100 50 1');
analyze sqlite_schema;
