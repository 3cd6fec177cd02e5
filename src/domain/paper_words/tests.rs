use super::*;
use crate::domain::{
    documents::{
        RecordKind,
        papers::{assessment, consent, meeting, note},
    },
    procedure::Paper,
    testing,
};

const JAN: &str = "01900000-0000-7000-8000-000000000001";

/// Answers by their paths: "tak" and "nie" are flags, what has commas or one begins with is a set.
fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (path, text) in pairs {
        let value = match *text {
            "tak" => Value::Flag(true),
            "nie" => Value::Flag(false),
            set if set.starts_with(',') => Value::Set(set[1..].split(',').map(str::to_owned).collect()),
            text => Value::Text(text.to_owned()),
        };
        answers.set_raw(path, Some(value));
    }
    answers
}

fn read(form: &Form, answers: &Answers, may_see: fn(Sensitivity) -> bool) -> Vec<SectionWords> {
    let name_of = |id: &str| if id == JAN { "Jan Próbny".to_owned() } else { "osoba spoza teczki".to_owned() };
    sections(form, answers, &Referred::default(), &name_of, may_see)
}

fn everything(_: Sensitivity) -> bool {
    true
}

fn ordinary(class: Sensitivity) -> bool {
    class == Sensitivity::Ordinary
}

/// As a person would read it aloud, a line for each line.
fn aloud(sections: &[SectionWords]) -> Vec<String> {
    let mut lines = Vec::new();
    for section in sections {
        lines.push(["# ", section.title].concat());
        for item in &section.items {
            match item {
                ItemWords::Line { label, words } => lines.push([label, ": ", words].concat()),
                ItemWords::Signatures { signed, .. } => lines.extend(signed.iter().map(|one| one.words.clone())),
                ItemWords::Table(table) => {
                    lines.push([table.label, ": ", &table.heads.join(" | ")].concat());
                    lines.extend(table.rows.iter().map(|row| row.join(" | ")));
                }
            }
        }
    }
    lines
}

const NOTE: &[(&str, &str)] = &[
    ("place", "Zbąszynek"),
    ("doc_date", "2026-11-20"),
    ("happened_at", "8:15"),
    ("kind", "CHILD_IN_DANGER"),
    ("urgent", "tak"),
    ("facts", "Dziecko było samo w mieszkaniu."),
    ("source", "OBSERVATION"),
    ("source_note", "zostało po zmianie źródła"),
    ("notified/1/who", "Policja"),
    ("notified/1/on", "2026-11-20"),
    ("notified/1/channel", "PHONE"),
    ("notified/2/who", "kierownik"),
    ("notified/2/on", "2026-11-20"),
    ("notified/2/at", "9:00"),
    ("notified/2/channel", "PHONE"),
    ("signatures/1/role", "ASSISTANT"),
    ("signatures/1/name", "Jan Próbny"),
    ("signatures/1/method", "PAPER"),
];

#[test]
fn a_note_reads_in_the_order_of_the_paper_without_what_is_hidden() {
    assert_eq!(
        aloud(&read(&note::FORM, &answers(NOTE), everything)),
        [
            "# Dokument",
            "Miejscowość: Zbąszynek",
            "Data sporządzenia: 20 listopada 2026",
            "# Zdarzenie",
            "Godzina zdarzenia: 8:15",
            "Rodzaj: zagrożenie dziecka",
            "Sprawa pilna: tak",
            "# Fakty i działania",
            "Opis faktów: Dziecko było samo w mieszkaniu.",
            "Źródło informacji: obserwacja własna",
            "Powiadomieni: Kto | Data | Godzina | Jak",
            "Policja | 20 listopada 2026 |  | telefon",
            "kierownik | 20 listopada 2026 | 9:00 | telefon",
            "# Podpisy",
            "Jan Próbny, asystent rodziny – odręcznie na wydruku",
        ]
    );
}

#[test]
fn who_may_not_see_it_is_told_that_there_is_more() {
    let note = answers(NOTE);
    let said = aloud(&read(&note::FORM, &note, ordinary));
    assert!(!said.iter().any(|line| line.contains("Dziecko było samo")), "{said:?}");
    assert!(said.contains(&"Źródło informacji: obserwacja własna".to_owned()));
    assert!(withholds(&note::FORM, &note, ordinary));
    assert!(!withholds(&note::FORM, &note, everything));
    // What is hidden by a condition is not withheld from anybody.
    assert!(!withholds(&note::FORM, &answers(&[("place", "Zbąszynek"), ("source_note", "sąsiadka")]), ordinary));
}

#[test]
fn a_meeting_names_people_and_leaves_out_columns_that_nobody_filled() {
    let meeting = answers(&[
        ("called_by", JAN),
        ("mode", "FROM_A_NEWER_PHONE"),
        ("people/1/name", "Ewa Wzorowa"),
        ("people/1/institution", "SCHOOL_OF_TOMORROW"),
        ("people/1/present", "tak"),
        ("people/1/external", "tak"),
        ("people/1/secrecy", "tak"),
        ("people/2/name", "Jan Próbny"),
        ("people/2/present", "tak"),
        ("people/2/external", "nie"),
        ("people/2/secrecy", "nie"),
        ("people/3/institution_name", "  "),
        ("family_present", "ADULTS"),
        ("family_absent_reason", "ukryte przez warunek"),
        ("disclosed", ",A11,A01,A99"),
        ("minutes", "O zdrowiu."),
    ]);
    assert_eq!(
        aloud(&read(&meeting::FORM, &meeting, ordinary)),
        [
            "# Spotkanie",
            "Sposób: FROM_A_NEWER_PHONE",
            "Zwołujący: Jan Próbny",
            "# Uczestnicy",
            "Uczestnicy: Imię i nazwisko | Instytucja | Obecność | Osoba spoza ośrodka | \
             Zobowiązanie do zachowania poufności podpisane",
            "Ewa Wzorowa | SCHOOL_OF_TOMORROW | tak | tak | tak",
            "Jan Próbny |  | tak | nie | ",
            "Udział rodziny lub dziecka: tak – rodzina",
            "Zakres ujawnionych danych: bezpieczeństwo i podstawowe potrzeby dzieci; edukacja dzieci; A99",
        ]
    );
}

#[test]
fn rows_of_something_begin_with_it_and_cells_keep_their_own_class() {
    let assessment = answers(&[
        ("areas/A10/score", "4"),
        ("areas/A10/situation", "Matka choruje."),
        ("areas/A10/needs", "Rozmowa o granicach."),
        ("areas/A01/score", "5"),
        ("areas/A05/situation", "Ojciec się leczy."),
        ("areas/Z77/needs", "Z nowszego telefonu."),
        ("children/01900000-0000-7000-8000-000000000003/care", "dobra"),
    ]);
    let said = aloud(&read(&assessment::FORM, &assessment, ordinary));
    assert_eq!(
        said,
        [
            "# Ocena obszarów",
            "Ocena obszarów: Obszar | Ocena | Potrzeby",
            "Bezpieczeństwo i podstawowe potrzeby dzieci | 5 – dobrze, zasób | ",
            "Wychowanie, granice, więź | 4 – wystarczająco | Rozmowa o granicach.",
            "Z77 |  | Z nowszego telefonu.",
            "# Dzieci",
            "Dzieci: Dziecko | Opieka i bezpieczeństwo",
            "pozycja spoza teczki | dobra",
        ]
    );
    assert!(withholds(&assessment::FORM, &assessment, ordinary));
}

#[test]
fn the_decision_comes_last_and_nothing_answered_reads_as_nothing() {
    let refusal = answers(&[("variant", "REFUSAL"), ("court_notice", "tak"), ("place", "Zbąszynek")]);
    let titles: Vec<&str> = read(&consent::FORM, &refusal, everything).iter().map(|section| section.title).collect();
    assert_eq!(titles, ["Dokument", "Oświadczenie", "Decyzja kierownika o zawiadomieniu sądu"]);
    assert!(read(&consent::FORM, &Answers::default(), everything).is_empty());
}

#[test]
fn a_paper_is_called_by_its_title_number_and_day() {
    let paper = Answers::default().with(PAPER, Paper::Consent);
    assert_eq!(title(&paper), "Zgoda rodziny (zał. 3)");
    assert_eq!(title(&Answers::default().with(PAPER, Paper::Note)), "Notatka służbowa");
    assert_eq!(title(&answers(&[("paper", "FROM_A_NEWER_PHONE")])), "Dokument");
    let mut note = answers(NOTE);
    note.put(PAPER, Paper::Note);
    let record = testing::record(7, RecordKind::Paper, note);
    assert_eq!(name(&record), "Notatka służbowa, 20 listopada 2026");
    assert_eq!(Referred::of([&record]).word(&record.id.to_string()), "Notatka służbowa, 20 listopada 2026");
}

#[test]
fn corrections_stand_in_the_order_of_their_days() {
    let paper = answers(&[
        ("corrections/1/on", "2026-11-22"),
        ("corrections/1/what", "Jest 3, powinno być 5 stron."),
        ("corrections/1/reason", "pomyłka"),
        ("corrections/2/on", "2026-11-21"),
        ("corrections/2/what", "Jest 9:00, powinno być 10:00."),
    ]);
    let said: Vec<(String, String)> =
        corrections(&paper).into_iter().map(|correction| (correction.path, correction.on)).collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(path, on)| (path.as_str(), on.as_str())).collect();
    assert_eq!(said, [("corrections/2/what", "21 listopada 2026"), ("corrections/1/what", "22 listopada 2026")]);
}

#[test]
fn what_is_too_wide_for_columns_reads_one_below_the_other() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let mut table = TableWords {
        label: "Dzieci",
        has_subject: true,
        heads: vec!["Dziecko", "Opieka", "Głos dziecka"],
        rows: vec![row(&["Maja", "dobra", ""]), row(&["", "", "lubi szkołę"])],
    };
    assert!(table.fits_columns());
    table.rows[0][2] = "bardzo ".repeat(30);
    assert!(!table.fits_columns());
    let entries = table.entries();
    assert_eq!((entries[0].title.as_str(), entries[0].lines.len()), ("Maja", 2));
    assert_eq!(entries[1].title, "Pozycja 2");
    assert_eq!(entries[1].lines, [("Głos dziecka", "lubi szkołę".to_owned())]);
    let heads = vec!["Zobowiązanie do zachowania poufności podpisane"; 2];
    assert!(!TableWords { heads, rows: vec![], ..table }.fits_columns());
}
