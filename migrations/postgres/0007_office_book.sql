-- What an office has set: lengths of terms, its letterhead, what it laid over the forms. The last row counts;
-- rows are only ever added.
create table office_books (
    office uuid not null references offices,
    -- The revision of the office that this took.
    tag bigint not null,
    body text not null,
    published_at bigint not null,
    published_by uuid not null,
    primary key (office, tag)
);
create trigger office_books_are_kept before update or delete or truncate on office_books
for each statement execute function refuse_alteration();
