//! A record that a value comes from, as it is named in a list and read in its place.

use crate::domain::{
    answer_words::Referred,
    calendar::warsaw_day,
    documents::{
        RecordKind,
        case_card::{self, Stage},
        family_card, family_task, visit_card,
    },
    form::Sensitivity,
    office::OfficeBook,
    paper_words::{self, SectionWords},
    record::Record,
    words,
};

/// What it is and its day: "Wizyta w środowisku, 20 listopada 2026".
pub fn title(record: &Record) -> String {
    let (what, day) = match record.kind {
        RecordKind::Visit => {
            let kind = record.answers.get(visit_card::KIND).map_or(RecordKind::Visit.label(), |kind| kind.label());
            (kind.to_owned(), record.answers.get(visit_card::DATE))
        }
        RecordKind::Task => {
            let task = ["zadanie rodziny: ", record.answers.text(family_task::TASK)].concat();
            (task, record.answers.get(family_task::GIVEN_ON))
        }
        RecordKind::Paper => return paper_words::name(record),
        RecordKind::Case => {
            let stage = record.answers.get(case_card::STAGE).map(Stage::label).unwrap_or_default();
            (["sprawa: ", stage].concat(), record.answers.get(case_card::REFERRED_ON))
        }
        RecordKind::Family => (RecordKind::Family.label().to_owned(), None),
    };
    let day = day.map_or_else(|| ["stan z ", &words::date(warsaw_day(record.changed.at))].concat(), words::date);
    [words::sentence(&what), day].join(", ")
}

/// What stands in it.
pub fn reading(
    (book, record): (&OfficeBook, &Record),
    referred: &Referred,
    name_of: &dyn Fn(&str) -> String,
    may_see: fn(Sensitivity) -> bool,
) -> Vec<SectionWords> {
    paper_words::sections(book.form_of(record), &record.answers, referred, name_of, may_see)
}

/// Where it is read on the phone, in the file of the family with this card.
pub fn phone_href(card: &Record, record: &Record) -> String {
    let (code, id) = (card.answers.text(family_card::CODE), record.id.to_string());
    let place = match record.kind {
        RecordKind::Visit => ["/wizyty/", &id].concat(),
        RecordKind::Task => ["/zadania/", &id].concat(),
        RecordKind::Paper => ["/dokumenty/", &id].concat(),
        RecordKind::Family => "/karta".to_owned(),
        RecordKind::Case => String::new(),
    };
    ["/rodziny/", code, &place].concat()
}

/// Where it is read at the desk, in the file with this code.
pub fn desk_href(code: &str, record: &Record) -> String {
    let place = match record.kind {
        RecordKind::Paper => ["/dokumenty/", &record.id.to_string()].concat(),
        RecordKind::Task => "?widok=zadania".to_owned(),
        RecordKind::Visit | RecordKind::Case | RecordKind::Family => String::new(),
    };
    ["/rodziny/", code, &place].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::EntryKind,
        documents::papers::{course::PAPER, parts::DOC_DATE},
        form::Answers,
        procedure::Paper,
        testing::{day, record},
    };

    #[test]
    fn a_source_is_called_by_what_it_is_and_its_day() {
        let on = day("2026-11-20");
        for (kind, answers, said) in [
            (
                RecordKind::Visit,
                Answers::default().with(visit_card::KIND, EntryKind::Visit).with(visit_card::DATE, on),
                "Wizyta w środowisku, 20 listopada 2026",
            ),
            (
                RecordKind::Task,
                Answers::default().with(family_task::TASK, "Zapisać dziecko".into()).with(family_task::GIVEN_ON, on),
                "Zadanie rodziny: Zapisać dziecko, 20 listopada 2026",
            ),
            (
                RecordKind::Paper,
                Answers::default().with(PAPER, Paper::Note).with(DOC_DATE, on),
                "Notatka służbowa, 20 listopada 2026",
            ),
            (
                RecordKind::Case,
                Answers::default().with(case_card::STAGE, Stage::Diagnosis).with(case_card::REFERRED_ON, on),
                "Sprawa: diagnoza, 20 listopada 2026",
            ),
        ] {
            assert_eq!(title(&record(1, kind, answers)), said);
        }
        assert!(title(&record(1, RecordKind::Family, Answers::default())).starts_with("Karta rodziny, stan z "));
    }
}
