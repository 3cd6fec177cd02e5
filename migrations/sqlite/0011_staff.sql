-- Authorisations that were handed in: from which day to which somebody may work with the data. The account takes its
-- days from the one that began last.
create table authorisations (
    office blob not null,
    record blob not null,
    person blob not null,
    from_day text not null,
    -- Nothing where it has no end.
    until_day text,
    secrecy_day text not null,
    primary key (office, record)
) strict, without rowid;
create index authorisations_by_person on authorisations (office, person, from_day);
-- Does somebody still owe something in the current case? Also of cases that have ended it is asked. What stood before
-- is taken roughly: a card with any duty, until it is written the next time.
alter table families add column owes integer not null default 0;
update families set owes = 1 where exists (select 1 from records r where r.office = families.office
    and r.id = families.case_record and r.body like '%"duties/%');
create index families_owing on families (office) where owes;
