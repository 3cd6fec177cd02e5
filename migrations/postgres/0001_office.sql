-- The office's store on PostgreSQL. Ids are uuid, instants are milliseconds since 1970, days are ISO
-- text, and everything that travels (records, changes, verdicts) is the JSON that travels.
-- Every key begins with the office: what one office holds can neither block nor reveal another's.
-- migrations/sqlite holds the same tables; the queries in src/server/db are written once for both.

create table offices (
    id uuid primary key,
    name text not null,
    -- The running number of applied changes. Its row is the lock that puts an office's writers in line.
    rev bigint not null default 0,
    demo boolean not null default false,
    -- Counts changes of the list of people; the tag of the list on the devices.
    people_rev bigint not null default 1
);

create table users (
    id uuid primary key,
    office uuid not null references offices,
    login text not null unique,
    name text not null,
    role text not null,
    password_hash text not null,
    active boolean not null default true,
    -- Art. 7 ust. 4: nobody without a written authorisation and a written secrecy undertaking.
    authorised_on text,
    secrecy_on text,
    authorised_until text
);
create index users_by_office on users (office);

create table sessions (
    -- SHA-256 of the token: who reads the database cannot use the sessions in it.
    token_hash bytea primary key,
    user_id uuid not null references users,
    made_at bigint not null,
    seen_at bigint not null
);
create index sessions_by_user on sessions (user_id);

create table login_tries (
    -- SHA-256 of the login as it was typed: people type passwords there.
    account bytea not null,
    at bigint not null
);
create index login_tries_by_account on login_tries (account, at);

create table devices (
    user_id uuid not null references users,
    id uuid not null,
    office uuid not null references offices,
    last_seen bigint not null,
    waiting bigint not null,
    oldest bigint,
    app text not null,
    primary key (user_id, id)
);
create index devices_by_office on devices (office);

-- What card and case of a family say, for lists, search and rights; last and next visit are summed
-- up from the entries in the transaction that writes them.
create table families (
    office uuid not null references offices,
    id uuid not null,
    -- Revision of the last change in the file: an empty pull looks at nothing else.
    head bigint not null,
    code text,
    surname text not null default '',
    locality text not null default '',
    adults bigint not null default 0,
    children bigint not null default 0,
    -- Code, surname and locality, folded: lower case without Polish marks.
    search text not null default '',
    -- The current case: the last one made.
    case_record uuid,
    stage text,
    assistant uuid,
    worker uuid,
    flags text not null default '[]',
    since text,
    last_visit text,
    next_visit text,
    primary key (office, id)
);
create index families_by_code on families (office, code);
create index families_by_assistant on families (office, assistant);
create index families_by_worker on families (office, worker);

-- Who was a family's assistant, and from which revision to which.
create table assignments (
    office uuid not null,
    family uuid not null,
    assistant uuid not null,
    from_rev bigint not null,
    until_rev bigint,
    primary key (office, family, from_rev)
);
create index assignments_by_assistant on assignments (office, assistant, family);

create table records (
    office uuid not null references offices,
    id uuid not null,
    family uuid not null,
    kind text not null,
    rev bigint not null,
    author uuid not null,
    body text not null
);
create unique index records_by_id on records (office, id);
create index records_by_family on records (office, family, rev);

-- Entries of work cards as figures count them.
create table entries (
    office uuid not null,
    record uuid not null,
    family uuid not null,
    author uuid not null,
    day text not null,
    kind text not null,
    outcome text,
    minutes bigint not null,
    next_visit text,
    primary key (office, record)
);
create index entries_by_family on entries (office, family, day);
create index entries_by_day on entries (office, day);

-- Family tasks as figures count them.
create table tasks (
    office uuid not null,
    record uuid not null,
    family uuid not null,
    open boolean not null,
    -- The last day, when the term is a day.
    due text,
    primary key (office, record)
);
create index tasks_open on tasks (office, family, due) where open;

-- Every change that was decided, with its verdict: the history of every record, and the memory by
-- which a repeated change is known.
create table changes (
    office uuid not null references offices,
    id uuid not null,
    -- The revision that it took; none when it was refused.
    rev bigint,
    -- None when it could not be read.
    record uuid,
    family uuid,
    author uuid not null,
    device uuid not null,
    -- As stated by the device.
    device_at bigint,
    received_at bigint not null,
    body text not null,
    verdict text not null
);
create unique index changes_by_id on changes (office, id);
create unique index changes_by_rev on changes (office, rev) where rev is not null;
create index changes_by_record on changes (office, record);

-- Who did what to what (KRI § 20). Rows are only ever added.
create table audit (
    id bigint generated always as identity primary key,
    office uuid not null references offices,
    at bigint not null,
    user_id uuid not null,
    device uuid,
    deed text not null,
    object text not null,
    family uuid,
    record uuid,
    change uuid,
    detail text not null
);
create index audit_by_family on audit (office, family, id);

create function refuse_alteration() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name;
end $$;
create trigger changes_are_kept before update or delete or truncate on changes
for each statement execute function refuse_alteration();
create trigger audit_is_kept before update or delete or truncate on audit
for each statement execute function refuse_alteration();
