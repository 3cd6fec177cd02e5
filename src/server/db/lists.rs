//! Lists in statements: rows that are inserted, and values that are looked for.

use sqlx::{Database, Encode, Postgres, QueryBuilder, Sqlite, Type, postgres::PgHasArrayType};

/// Most rows of one insert: twenty times quicker than row by row, and few enough parameters for both databases.
const ROWS: usize = 128;

/// Rows in pieces of 128, 64, 32 … 1: a statement of each size is prepared once on each connection,
/// where a statement for each number of rows would be prepared for nearly every request.
pub fn pieces<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut left = rows;
    std::iter::from_fn(move || {
        let (piece, rest) = left.split_at(ROWS.min(1 << left.len().checked_ilog2()?));
        left = rest;
        Some(piece)
    })
}

/// Writes "is one of these" in the way that the database is quick with.
pub trait OneOf<T>: Database + Sized {
    /// Adds it to a query, after the name of the column. The list must not be empty.
    fn push(query: &mut QueryBuilder<Self>, values: Vec<T>);
}

/// A list of parameters, the last one repeated until their number is a power of two: again few statements.
impl<T: Clone + Type<Sqlite> + for<'q> Encode<'q, Sqlite>> OneOf<T> for Sqlite {
    fn push(query: &mut QueryBuilder<Self>, values: Vec<T>) {
        query.push(" in (");
        let mut list = query.separated(", ");
        for value in padded(values) {
            list.push_bind(value);
        }
        query.push(")");
    }
}

/// One array. A long list of parameters is compared one by one with every row, as long as the plan
/// is the one that was made when the table was empty.
impl<T: PgHasArrayType> OneOf<T> for Postgres
where
    Vec<T>: Type<Postgres> + for<'q> Encode<'q, Postgres>,
{
    fn push(query: &mut QueryBuilder<Self>, values: Vec<T>) {
        query.push(" = any(").push_bind(values).push(")");
    }
}

fn padded<T: Clone>(mut values: Vec<T>) -> Vec<T> {
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_all_rows_in_few_sizes() {
        let rows: Vec<u32> = (0..500).collect();
        let sizes: Vec<usize> = pieces(&rows).map(<[u32]>::len).collect();
        assert_eq!(sizes, [128, 128, 128, 64, 32, 16, 4]);
        assert_eq!(pieces(&rows).flatten().copied().collect::<Vec<_>>(), rows);
        assert_eq!(pieces::<u32>(&[]).count(), 0);
    }

    #[test]
    fn lists_are_padded_with_what_they_hold() {
        assert_eq!(padded(vec![7, 8, 9]), [7, 8, 9, 9]);
        assert_eq!(padded(vec![7]), [7]);
        assert!(padded(Vec::<i64>::new()).is_empty());
    }
}
