-- The office's store on SQLite. Ids are BLOB(16), instants are milliseconds since 1970, days are ISO
-- text, and everything that travels (records, changes, verdicts) is the JSON that travels.
-- Every key begins with the office: what one office holds can neither block nor reveal another's.
-- migrations/postgres holds the same tables; the queries in src/server/db are written once for both.

create table offices (
    id blob primary key,
    name text not null,
    -- The running number of applied changes. Its row is the lock that puts an office's writers in line.
    rev integer not null default 0,
    demo integer not null default 0,
    -- Counts changes of the list of people; the tag of the list on the devices.
    people_rev integer not null default 1
) strict;

create table users (
    id blob primary key,
    office blob not null references offices,
    login text not null unique,
    name text not null,
    role text not null,
    password_hash text not null,
    active integer not null default 1,
    -- Art. 7 ust. 4: nobody without a written authorisation and a written secrecy undertaking.
    authorised_on text,
    secrecy_on text,
    authorised_until text
) strict;
create index users_by_office on users (office);

create table sessions (
    -- SHA-256 of the token: who reads the database cannot use the sessions in it.
    token_hash blob primary key,
    user_id blob not null references users,
    made_at integer not null,
    seen_at integer not null
) strict, without rowid;
create index sessions_by_user on sessions (user_id);

create table login_tries (
    -- SHA-256 of the login as it was typed: people type passwords there.
    account blob not null,
    at integer not null
) strict;
create index login_tries_by_account on login_tries (account, at);

create table devices (
    user_id blob not null references users,
    id blob not null,
    office blob not null references offices,
    last_seen integer not null,
    waiting integer not null,
    oldest integer,
    app text not null,
    primary key (user_id, id)
) strict, without rowid;
create index devices_by_office on devices (office);

-- What card and case of a family say, for lists, search and rights; last and next visit are summed
-- up from the entries in the transaction that writes them.
create table families (
    office blob not null references offices,
    id blob not null,
    -- Revision of the last change in the file: an empty pull looks at nothing else.
    head integer not null,
    code text,
    surname text not null default '',
    locality text not null default '',
    adults integer not null default 0,
    children integer not null default 0,
    -- Code, surname and locality, folded: lower case without Polish marks.
    search text not null default '',
    -- The current case: the last one made.
    case_record blob,
    stage text,
    assistant blob,
    worker blob,
    flags text not null default '[]' check (json_valid(flags)),
    since text,
    last_visit text,
    next_visit text,
    primary key (office, id)
) strict, without rowid;
create index families_by_code on families (office, code);
create index families_by_assistant on families (office, assistant);
create index families_by_worker on families (office, worker);

-- Who was a family's assistant, and from which revision to which.
create table assignments (
    office blob not null,
    family blob not null,
    assistant blob not null,
    from_rev integer not null,
    until_rev integer,
    primary key (office, family, from_rev)
) strict, without rowid;
create index assignments_by_assistant on assignments (office, assistant, family);

create table records (
    office blob not null references offices,
    id blob not null,
    family blob not null,
    kind text not null,
    rev integer not null,
    author blob not null,
    body text not null
) strict;
create unique index records_by_id on records (office, id);
create index records_by_family on records (office, family, rev);

-- Entries of work cards as figures count them.
create table entries (
    office blob not null,
    record blob not null,
    family blob not null,
    author blob not null,
    day text not null,
    kind text not null,
    outcome text,
    minutes integer not null,
    next_visit text,
    primary key (office, record)
) strict, without rowid;
create index entries_by_family on entries (office, family, day);
create index entries_by_day on entries (office, day);

-- Family tasks as figures count them.
create table tasks (
    office blob not null,
    record blob not null,
    family blob not null,
    open integer not null,
    -- The last day, when the term is a day.
    due text,
    primary key (office, record)
) strict, without rowid;
create index tasks_open on tasks (office, family, due) where open;

-- Every change that was decided, with its verdict: the history of every record, and the memory by
-- which a repeated change is known.
create table changes (
    office blob not null references offices,
    id blob not null,
    -- The revision that it took; none when it was refused.
    rev integer,
    -- None when it could not be read.
    record blob,
    family blob,
    author blob not null,
    device blob not null,
    -- As stated by the device.
    device_at integer,
    received_at integer not null,
    body text not null,
    verdict text not null check (json_valid(verdict))
) strict;
create unique index changes_by_id on changes (office, id);
create unique index changes_by_rev on changes (office, rev) where rev is not null;
create index changes_by_record on changes (office, record);
create trigger changes_are_kept_update before update on changes
begin select raise(abort, 'changes are never altered'); end;
create trigger changes_are_kept_delete before delete on changes
begin select raise(abort, 'changes are never deleted'); end;

-- Who did what to what (KRI § 20). Rows are only ever added.
create table audit (
    id integer primary key,
    office blob not null references offices,
    at integer not null,
    user_id blob not null,
    device blob,
    deed text not null,
    object text not null,
    family blob,
    record blob,
    change blob,
    detail text not null
) strict;
create index audit_by_family on audit (office, family, id);
create trigger audit_is_kept_update before update on audit
begin select raise(abort, 'the access log is never altered'); end;
create trigger audit_is_kept_delete before delete on audit
begin select raise(abort, 'the access log is never deleted'); end;
