-- Which stretch of its life an office is in. After it was brought back from an older copy a new one begins; phones that
-- know another epoch compare what they sent and send again what is missing.
alter table offices add column epoch uuid not null default gen_random_uuid();
-- When this epoch began; nothing for the first one.
alter table offices add column restored_at bigint;
