//! Stories against a whole office: on SQLite always, on PostgreSQL when `ASYSTA_TEST_PG` names a server.

mod book;
mod calendar;
mod corrections;
mod course;
mod exchanges;
mod figures;
mod files;
mod headers;
mod log;
mod matrix;
mod office;
mod order;
mod own_work;
mod papers;
mod phone;
mod scope;
mod sign_in;
mod signing;
mod steps;
mod together;
mod town;
mod web;
