//! What the address of a comparison asks for, so that it can be shared as it is seen.

use crate::domain::history::Meant;
use leptos_router::params::ParamsMap;

/// Which two versions, and how much of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The version on the left; without one the usual one.
    pub older: Option<Meant>,
    /// The version on the right; without one the record as it stands.
    pub newer: Option<Meant>,
    /// What is the same is shown too.
    pub whole: bool,
}

impl Asked {
    /// Reads the address; what it cannot read is not asked for.
    pub fn read(query: &ParamsMap) -> Self {
        let meant = |key: &str| query.get(key).as_deref().and_then(Meant::read);
        Self { older: meant("z"), newer: meant("wersja"), whole: query.get("calosc").is_some() }
    }

    /// The address of the page that shows this.
    pub fn address(&self, base: &str) -> String {
        let parts = [
            self.newer.map(|meant| ["wersja=", &meant.write()].concat()),
            self.older.map(|meant| ["z=", &meant.write()].concat()),
            self.whole.then(|| "calosc=tak".to_owned()),
        ];
        let query: Vec<String> = parts.into_iter().flatten().collect();
        if query.is_empty() { base.to_owned() } else { [base, "?", &query.join("&")].concat() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{RecordId, Rev};
    use uuid::Uuid;

    #[test]
    fn an_address_says_all_that_is_shown() {
        let asked =
            Asked { older: Some(Meant::Other(RecordId(Uuid::nil()))), newer: Some(Meant::At(Rev(7))), whole: true };
        let address = asked.address("/rodziny/R09/porownanie/x");
        assert_eq!(address, "/rodziny/R09/porownanie/x?wersja=7&z=00000000-0000-0000-0000-000000000000&calosc=tak");
        let mut query = ParamsMap::new();
        for part in address.split_once('?').unwrap().1.split('&') {
            let (key, word) = part.split_once('=').unwrap();
            query.insert(key.to_owned(), word.to_owned());
        }
        assert_eq!(Asked::read(&query), asked);
        assert_eq!(Asked::default().address("/x"), "/x");
    }
}
