-- SQLite chooses between indexes by statistics. Without any it takes "of this office" for a narrow choice,
-- reads every family of the office for one assistant's, and grows slower as the office grows. So it is
-- told here how a large office looks, the same on every installation: rows, and for the first column of
-- the index, the first two and so on, how many rows share their values. `analyze` would replace them.
analyze;
delete from sqlite_stat1;
insert into sqlite_stat1 (tbl, idx, stat) values
    ('offices', 'sqlite_autoindex_offices_1', '2 1'),
    ('users', 'sqlite_autoindex_users_1', '200 1'),
    ('users', 'sqlite_autoindex_users_2', '200 1'),
    ('users', 'users_by_office', '200 200'),
    ('sessions', 'sessions', '400 1'),
    ('sessions', 'sessions_by_user', '400 2'),
    ('devices', 'devices', '200 2 1'),
    ('devices', 'devices_by_office', '200 200'),
    ('families', 'families', '10000 10000 1'),
    ('families', 'families_by_code', '10000 10000 1'),
    ('families', 'families_by_assistant', '10000 10000 15'),
    ('families', 'families_by_worker', '10000 10000 100'),
    ('assignments', 'assignments', '20000 20000 2 1'),
    ('assignments', 'assignments_by_assistant', '20000 20000 30 1'),
    ('records', 'records_by_id', '1000000 1000000 1'),
    ('records', 'records_by_family', '1000000 1000000 100 1'),
    ('entries', 'entries', '800000 800000 1'),
    ('entries', 'entries_by_family', '800000 800000 80 2'),
    ('entries', 'entries_by_day', '800000 800000 800'),
    ('tasks', 'tasks', '200000 200000 1'),
    ('tasks', 'tasks_open', '50000 50000 5 2'),
    ('changes', 'changes_by_id', '1500000 1500000 1'),
    ('changes', 'changes_by_rev', '1500000 1500000 1'),
    ('changes', 'changes_by_record', '1500000 1500000 2'),
    ('audit', 'audit_by_family', '2000000 2000000 200 1');
-- Read anew by this connection; all others read them when they open.
analyze sqlite_schema;
