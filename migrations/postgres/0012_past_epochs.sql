-- Epochs that have ended, and those that only a phone still knew. A phone that names another one than these proves that
-- the office was brought back from a copy and that nobody said so.
create table past_epochs (
    office uuid not null references offices,
    epoch uuid not null,
    ended_at bigint not null,
    -- The person whose phone knew more; nothing where whoever restored said so.
    said_by uuid,
    primary key (office, epoch)
);
