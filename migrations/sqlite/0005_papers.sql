-- Papers as lists of what waits for somebody see them: one small row each, written with the paper.
create table papers (
    office blob not null,
    record blob not null,
    family blob not null,
    author blob not null,
    paper text not null,
    life text not null,
    -- The day that it counts from.
    day text not null,
    primary key (office, record)
) strict, without rowid;
-- Looked for is what waits: handed in and not decided, or begun and not handed in.
create index papers_waiting on papers (office, life, day);
-- The papers that are there already.
insert into papers (office, record, family, author, paper, life, day)
select office, id, family, author, json_extract(body, '$.answers.paper'),
       coalesce(json_extract(body, '$.answers.life'), 'DRAFT'),
       coalesce(json_extract(body, '$.answers.handed_in_on'), json_extract(body, '$.answers.doc_date'),
                substr(json_extract(body, '$.made.at'), 1, 10))
from records where kind = 'paper' and json_extract(body, '$.answers.paper') is not null;
insert into sqlite_stat1 (tbl, idx, stat) values
    ('papers', 'papers', '100000 100000 1'),
    ('papers', 'papers_waiting', '100000 100000 500 5');
analyze sqlite_schema;
