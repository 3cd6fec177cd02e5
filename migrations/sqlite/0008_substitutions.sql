-- Approved cards of substitutions: who stands in for whom, from which day to which. The days are asked about whenever
-- somebody's families are, so a substitution begins and ends by itself.
create table substitutions (
    office blob not null,
    record blob not null,
    -- The only family; nothing where all of the absent assistant's are meant.
    family blob,
    absent blob not null,
    substitute blob not null,
    from_day text not null,
    until_day text not null,
    primary key (office, record)
) strict, without rowid;
create index substitutions_by_substitute on substitutions (office, substitute);
create index substitutions_by_absent on substitutions (office, absent);
