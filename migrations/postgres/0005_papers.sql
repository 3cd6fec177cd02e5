-- Papers as lists of what waits for somebody see them: one small row each, written with the paper.
create table papers (
    office uuid not null,
    record uuid not null,
    family uuid not null,
    author uuid not null,
    paper text not null,
    life text not null,
    -- The day that it counts from.
    day text not null,
    primary key (office, record)
);
-- Looked for is what waits: handed in and not decided, or begun and not handed in.
create index papers_waiting on papers (office, life, day);
-- The papers that are there already.
insert into papers (office, record, family, author, paper, life, day)
select office, id, family, author, body::jsonb #>> '{answers,paper}',
       coalesce(body::jsonb #>> '{answers,life}', 'DRAFT'),
       coalesce(body::jsonb #>> '{answers,handed_in_on}', body::jsonb #>> '{answers,doc_date}',
                left(body::jsonb #>> '{made,at}', 10))
from records where kind = 'paper' and body::jsonb #>> '{answers,paper}' is not null;
