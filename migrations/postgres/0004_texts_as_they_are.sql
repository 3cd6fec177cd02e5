-- A card of two kilobytes is just long enough for PostgreSQL to compress it, on every write, for little
-- gain. From here on only what does not fit on a page is compressed or moved aside.
alter table records set (toast_tuple_target = 8160);
alter table changes set (toast_tuple_target = 8160);
