//! Stories against a whole office: on SQLite always, on PostgreSQL when `ASYSTA_TEST_PG` names a server.

mod book;
mod calendar;
mod card;
mod corrections;
mod course;
mod exchanges;
mod figures;
mod files;
mod forms;
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
mod signals;
mod signing;
mod steps;
mod substitutions;
mod together;
mod town;
mod web;
