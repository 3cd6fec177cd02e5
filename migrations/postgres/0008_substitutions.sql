-- Approved cards of substitutions: who stands in for whom, from which day to which. The days are asked about whenever
-- somebody's families are, so a substitution begins and ends by itself.
create table substitutions (
    office uuid not null,
    record uuid not null,
    -- The only family; nothing where all of the absent assistant's are meant.
    family uuid,
    absent uuid not null,
    substitute uuid not null,
    from_day text not null,
    until_day text not null,
    primary key (office, record)
);
create index substitutions_by_substitute on substitutions (office, substitute);
create index substitutions_by_absent on substitutions (office, absent);
