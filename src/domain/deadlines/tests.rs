//! Terms by table.
