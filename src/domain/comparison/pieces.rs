//! What differs between two texts, in whole words: one reads what was changed and not which letters.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words, with the spaces behind them.
    pub text: String,
    /// The other text does not have it.
    pub marked: bool,
}

/// Where a text may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Nowhere: a day, a number, one of a list.
    Nowhere,
    /// Between words.
    Words,
    /// Between the items of a list ("; ").
    Items,
}

/// Pairs of words that are looked at; beyond that a text counts as written anew.
const MOST: usize = 1_000_000;

/// Both texts in pieces. Joined, the pieces of a side give its text; what is not marked is the same on both.
pub fn pieces(older: &str, newer: &str, cut: Cut) -> (Vec<Piece>, Vec<Piece>) {
    let (old, new) = (cut.parts(older), cut.parts(newer));
    let Some((kept_old, kept_new)) = common(&cut, &old, &new) else { return (whole(older, true), whole(newer, true)) };
    let sides = (joined(&old, &kept_old), joined(&new, &kept_new));
    let is_marked = |side: &[Piece]| side.iter().any(|piece| piece.marked && !piece.text.trim().is_empty());
    // Spaces alone differ: then nothing of it could be shown.
    let unseen = older != newer && !is_marked(&sides.0) && !is_marked(&sides.1);
    if unseen { (whole(older, true), whole(newer, true)) } else { sides }
}

/// A text as one piece; nothing of an empty one.
pub fn whole(text: &str, marked: bool) -> Vec<Piece> {
    if text.is_empty() { Vec::new() } else { vec![Piece { text: text.to_owned(), marked }] }
}

impl Cut {
    fn parts(self, text: &str) -> Vec<&str> {
        match self {
            Cut::Nowhere => Vec::from([text]),
            Cut::Words => text.split_inclusive(char::is_whitespace).collect(),
            Cut::Items => text.split_inclusive("; ").collect(),
        }
    }

    fn is_same(self, one: &str, other: &str) -> bool {
        match self {
            Cut::Nowhere => one == other,
            Cut::Words => one.trim_end() == other.trim_end(),
            Cut::Items => one.trim_end_matches("; ") == other.trim_end_matches("; "),
        }
    }
}

/// Which parts of each side stand on the other as well; nothing when too little does to be read as one text.
fn common(cut: &Cut, old: &[&str], new: &[&str]) -> Option<(Vec<bool>, Vec<bool>)> {
    let same = |one: usize, other: usize| cut.is_same(old[one], new[other]);
    let shorter = old.len().min(new.len());
    let head = (0..shorter).take_while(|at| same(*at, *at)).count();
    let tail = (1..=shorter - head).take_while(|back| same(old.len() - back, new.len() - back)).count();
    let (rows, columns) = (old.len() - head - tail, new.len() - head - tail);
    if rows.saturating_mul(columns) > MOST {
        return None;
    }
    let longest = lengths(rows, columns, &|row, column| same(head + row, head + column));
    let at = |row: usize, column: usize| longest[row * (columns + 1) + column];
    let (mut kept_old, mut kept_new) = (vec![true; old.len()], vec![true; new.len()]);
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        if row < rows && column < columns && same(head + row, head + column) {
            (row, column) = (row + 1, column + 1);
        } else if column == columns || (row < rows && at(row + 1, column) >= at(row, column + 1)) {
            kept_old[head + row] = false;
            row += 1;
        } else {
            kept_new[head + column] = false;
            column += 1;
        }
    }
    let kept = kept_old.iter().filter(|kept| **kept).count();
    let is_rewritten = *cut == Cut::Words && kept * 4 < old.len().max(new.len());
    (!is_rewritten).then_some((kept_old, kept_new))
}

/// Lengths of the longest common rests, a row of the table for each part of the older text.
fn lengths(rows: usize, columns: usize, same: &dyn Fn(usize, usize) -> bool) -> Vec<u32> {
    let wide = columns + 1;
    let mut longest = vec![0; (rows + 1) * wide];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row * wide + column] = match same(row, column) {
                true => longest[(row + 1) * wide + column + 1] + 1,
                false => longest[(row + 1) * wide + column].max(longest[row * wide + column + 1]),
            };
        }
    }
    longest
}

/// Parts that stand beside each other and are alike become one piece.
fn joined(parts: &[&str], kept: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (part, kept) in parts.iter().zip(kept) {
        match pieces.last_mut().filter(|last| last.marked != *kept) {
            Some(last) => last.text.push_str(part),
            None => pieces.push(Piece { text: (*part).to_owned(), marked: !kept }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(side: &[Piece]) -> String {
        let shown = side.iter().map(|piece| match piece.marked {
            true => ["[", &piece.text, "]"].concat(),
            false => piece.text.clone(),
        });
        shown.collect::<Vec<_>>().concat()
    }

    #[test]
    fn changed_words_are_marked_and_no_others() {
        for (older, newer, cut, left, right) in [
            (
                "mama sama odbiera dzieci",
                "mama odbiera dzieci",
                Cut::Words,
                "mama [sama ]odbiera dzieci",
                "mama odbiera dzieci",
            ),
            ("raz w tygodniu", "dwa razy w tygodniu", Cut::Words, "[raz ]w tygodniu", "[dwa razy ]w tygodniu"),
            ("bez zmian", "bez zmian", Cut::Words, "bez zmian", "bez zmian"),
            ("całkiem inne słowa tutaj", "nowy opis", Cut::Words, "[całkiem inne słowa tutaj]", "[nowy opis]"),
            ("koniec", "koniec i dalej", Cut::Words, "koniec", "koniec [i dalej]"),
            ("jeden  odstęp", "jeden odstęp", Cut::Words, "[jeden  odstęp]", "[jeden odstęp]"),
            ("odstęp\n", "odstęp", Cut::Words, "[odstęp\n]", "[odstęp]"),
            ("praca; dom; szkoła", "praca; szkoła", Cut::Items, "praca; [dom; ]szkoła", "praca; szkoła"),
            ("praca; dom", "praca", Cut::Items, "praca; [dom]", "praca"),
            ("3 listopada 2026", "4 listopada 2026", Cut::Nowhere, "[3 listopada 2026]", "[4 listopada 2026]"),
            ("", "dopisano", Cut::Words, "", "[dopisano]"),
        ] {
            let (old, new) = pieces(older, newer, cut);
            assert_eq!((shown(&old).as_str(), shown(&new).as_str()), (left, right));
        }
    }

    #[test]
    fn a_text_beyond_measure_counts_as_written_anew() {
        let long = |word: &str| [word, " "].concat().repeat(1_100);
        let (old, new) = pieces(&long("a"), &long("b"), Cut::Words);
        assert_eq!((old.len(), new.len()), (1, 1));
        assert!(old[0].marked && new[0].marked);
    }

    proptest! {
        /// Each side reads as it is, both share what is not marked, and so what is shown of one leads to the other.
        #[test]
        fn what_is_shown_of_one_side_leads_to_the_other(
            older in "([ab]{1,2}[ \n;]{1,2}){0,9}", newer in "([ab]{1,2}[ \n;]{1,2}){0,9}", by_items: bool,
        ) {
            let cut = if by_items { Cut::Items } else { Cut::Words };
            let (old, new) = pieces(&older, &newer, cut);
            let text = |side: &[Piece]| side.iter().map(|piece| piece.text.as_str()).collect::<String>();
            prop_assert_eq!((text(&old), text(&new)), (older.clone(), newer.clone()));
            let kept = |side: &[Piece]| {
                let kept: String = side.iter().filter(|piece| !piece.marked).map(|piece| piece.text.as_str()).collect();
                let parts = cut.parts(&kept).into_iter().map(|part| part.trim_end_matches([' ', '\n', ';']).to_owned());
                parts.collect::<Vec<_>>()
            };
            prop_assert_eq!(kept(&old), kept(&new));
            let marked = old.iter().chain(&new).any(|piece| piece.marked);
            prop_assert_eq!(marked, older != newer);
        }
    }
}
