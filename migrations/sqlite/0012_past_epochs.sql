-- Epochs that have ended, and those that only a phone still knew. A phone that names another one than these proves that
-- the office was brought back from a copy and that nobody said so.
create table past_epochs (
    office blob not null references offices,
    epoch blob not null,
    ended_at integer not null,
    -- The person whose phone knew more; nothing where whoever restored said so.
    said_by blob,
    primary key (office, epoch)
) strict, without rowid;
