use super::*;
use crate::domain::{
    content,
    documents::{
        family_card, family_task,
        papers::{
            course::{CASE, LIFE, PAPER},
            form_of,
            sample_file::{self as sample, PLAN},
        },
        visit_card,
    },
    form::{Answers, Kind, Value},
    ids::RecordId,
    office::Letterhead,
    procedure::{Life, Paper},
    signature,
    testing::{day, record},
};
use uuid::Uuid;

/// What a test prints beside.
struct File {
    line: FamilyLine,
    records: Vec<Record>,
    book: OfficeBook,
}

fn file(records: Vec<Record>) -> File {
    let head = Letterhead {
        name: "Ośrodek Pomocy Społecznej w Przykładowie".into(),
        address: "ul. Lipowa 1, 66-200 Przykładowo".into(),
        phone: "68 000 00 00".into(),
        ..Letterhead::default()
    };
    let line = FamilyLine {
        family: crate::domain::ids::FamilyId(Uuid::nil()),
        code: "R09".into(),
        surname: "Próbna".into(),
        locality: "Przykładowo".into(),
        stage: case_card::Stage::Cooperation,
        assistant: None,
        worker: None,
        flags: vec![],
        adults: 1,
        children: 1,
        since: None,
        last_visit: None,
        next_visit: None,
        open_tasks: 0,
        overdue_tasks: 0,
    };
    File { line, records, book: OfficeBook { letterhead: head, ..OfficeBook::default() } }
}

fn printed(file: &File, what: What) -> Option<Sheet> {
    let records: Vec<&Record> = file.records.iter().collect();
    let referred = Referred::of(&file.records);
    let around = Around {
        family: Some(&file.line),
        records: &records,
        referred: &referred,
        book: &file.book,
        office_name: "OPS",
        name_of: &|_| "Jan Próbny".to_owned(),
        may_see: |_| true,
        today: day("2026-11-22"),
    };
    what.sheet(&around)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

fn note(life: Life) -> Record {
    let pairs = [
        ("place", "Przykładowo"),
        ("doc_date", "2026-11-20"),
        ("case_sign", "OPS.4231.7.2026"),
        ("facts", "Ojciec odwołał spotkanie."),
        ("signatures/a/role", "ASSISTANT"),
        ("signatures/a/name", "Jan Próbny"),
        ("signatures/a/method", "PAPER"),
    ];
    let mut answers = Answers::default().with(PAPER, Paper::Note).with(LIFE, life).with(CASE, id(9));
    pairs.iter().for_each(|(path, said)| answers.set_raw(path, Some(text(said))));
    record(1, RecordKind::Paper, answers)
}

#[test]
fn a_paper_has_the_head_of_the_office_and_numbered_sections_without_what_the_head_says() {
    let sheet = printed(&file(vec![note(Life::Signed)]), What::Paper(id(1))).unwrap();
    assert_eq!(sheet.office, "Ośrodek Pomocy Społecznej w Przykładowie");
    assert_eq!(sheet.contact, ["ul. Lipowa 1, 66-200 Przykładowo", "tel. 68 000 00 00"]);
    assert_eq!(sheet.drawn_up, "Przykładowo, 20 listopada 2026");
    assert_eq!(sheet.about, [("Znak sprawy", "OPS.4231.7.2026".to_owned()), ("Rodzina", "Próbna (R09)".to_owned())]);
    assert_eq!((sheet.title.as_str(), sheet.is_draft), ("Notatka służbowa", false));
    let titles: Vec<&str> = sheet.parts.iter().map(|part| part.title).collect();
    assert_eq!(titles, ["Fakty i działania", "Podpisy"]);
    let Block::Signatures(signed) = &sheet.parts[1].blocks[0] else { panic!("{:?}", sheet.parts) };
    assert_eq!(signed[0].who, "Jan Próbny, asystent rodziny");
    assert_eq!(sheet.foot, "Wzór w wersji 1 · Sporządzono w Asyście, wydruk z dnia 22 listopada 2026");
}

#[test]
fn a_draft_says_that_it_is_one_and_a_correction_stands_beside() {
    for (life, is_draft) in
        [(Life::Draft, true), (Life::Returned, true), (Life::Signed, false), (Life::Approved, false)]
    {
        let sheet = printed(&file(vec![note(life)]), What::Paper(id(1))).unwrap();
        assert_eq!(sheet.is_draft, is_draft, "{life:?}");
    }
    let mut corrected = note(Life::Signed);
    for (cell, said) in [("on", "2026-11-21"), ("what", "Jest matka, powinno być ojciec."), ("reason", "pomyłka")] {
        corrected.answers.set_raw(&["corrections/1/", cell].concat(), Some(text(said)));
    }
    let sheet = printed(&file(vec![corrected]), What::Paper(id(1))).unwrap();
    assert_eq!(
        sheet.corrections,
        ["Sprostowanie z dnia 21 listopada 2026 (Jan Próbny): Jest matka, powinno być ojciec. Powód: pomyłka."]
    );
}

#[test]
fn what_was_drawn_is_printed() {
    let mut paper = note(Life::Signed);
    let form = form_of(Paper::Note).unwrap();
    let row = Answers::default()
        .with(signature::METHOD, signature::Method::Screen)
        .with(signature::DRAWING, signature::Drawing::read("1,1 2,2").unwrap())
        .with(signature::SEAL, content::seal(form, "signatures", &paper.answers));
    paper.answers.put_row("signatures", "a", row);
    let sheet = printed(&file(vec![paper]), What::Paper(id(1))).unwrap();
    let Block::Signatures(signed) = &sheet.parts[1].blocks[0] else { panic!("{:?}", sheet.parts) };
    assert_eq!((signed[0].drawn.as_deref(), signed[0].fit), (Some("M1 1L2 2"), Some(content::Fit::Same)));
}

fn entry(n: u128, pairs: &[(&str, Value)]) -> Record {
    let mut answers = Answers::default();
    pairs.iter().for_each(|(path, value)| answers.set_raw(path, Some(value.clone())));
    record(n, RecordKind::Visit, answers)
}

#[test]
fn the_work_card_counts_one_month() {
    let card = record(50, RecordKind::Family, {
        let mut card = Answers::default();
        let mother = Answers::default()
            .with(family_card::FIRST_NAME, "Anna".into())
            .with(family_card::ROLE, crate::domain::codes::FamilyRole::Mother);
        card.put_row(family_card::MEMBERS, "m1", mother);
        card
    });
    let set = |code: &str| Value::Set([code.to_owned()].into());
    let visit = entry(
        2,
        &[
            ("kind", text("VISIT")),
            ("outcome", text("HELD")),
            ("date", text("2026-11-10")),
            ("start", text("09:00")),
            ("end", text("10:05")),
            ("duration", Value::Number(65)),
            ("place", text("HOME")),
            ("present", set("m1")),
            ("tasks_art15", set("T06_PARENTING")),
            ("actions", text("Omówiono budżet domowy.")),
            ("travel", text("OWN_CAR")),
            ("travel_km", Value::Number(125)),
            ("urgent_note", text("Notatka chroniona.")),
        ],
    );
    let call = entry(
        1,
        &[
            ("kind", text("PHONE_FAMILY")),
            ("date", text("2026-11-03")),
            ("duration", Value::Number(10)),
            ("place", text("PHONE")),
        ],
    );
    let missed = entry(
        3,
        &[
            ("kind", text("VISIT")),
            ("outcome", text("NOBODY_HOME")),
            ("date", text("2026-11-12")),
            ("duration", Value::Number(15)),
            ("place", text("HOME")),
        ],
    );
    let other_month = entry(4, &[("kind", text("VISIT")), ("outcome", text("HELD")), ("date", text("2026-10-12"))]);
    let file = file(vec![card, visit, call, missed, other_month]);
    let sheet = printed(&file, What::WorkCard(day("2026-11-01"))).unwrap();
    assert_eq!((sheet.subtitle.as_str(), sheet.is_wide), ("listopad 2026", true));
    assert_eq!(sheet.attachment, "Załącznik nr 8 do procedury asysty rodzinnej");
    let [Block::Table(table), Block::Sums(sums)] = &sheet.parts[0].blocks[..] else { panic!("{:?}", sheet.parts) };
    let said = |row: usize| table.rows[row].iter().map(|cell| cell.words.as_str()).collect::<Vec<_>>().join(" | ");
    assert_eq!(table.rows.len(), 3);
    assert!(said(0).starts_with("1 | wt. 3.11 | 10 min |"), "{}", said(0));
    assert!(
        said(1).contains("| 09:00–10:05 |") && said(1).contains("| Anna | pkt 6: Omówiono budżet domowy. |"),
        "{}",
        said(1)
    );
    assert!(said(2).contains("nikogo") || said(2).contains(" – "), "{}", said(2));
    assert!(!said(1).contains("chroniona"));
    let sums: Vec<&str> = sums.iter().map(|(_, sum)| sum.as_str()).collect();
    assert_eq!(sums, ["1", "1", "1 godz. 15 min", "12,5 km"]);
    assert_eq!(months_of_entries(&file.records.iter().collect::<Vec<_>>()), [day("2026-11-01"), day("2026-10-01")]);
}

#[test]
fn the_task_card_has_a_row_for_each_task() {
    let task = Answers::default()
        .with(family_task::GIVEN_ON, day("2026-11-10"))
        .with(family_task::TASK, "Umówić wizytę u pediatry".into())
        .with(family_task::BY_ASSISTANT, true)
        .with(family_task::DUE_KIND, crate::domain::codes::DueKind::NextMeeting)
        .with(family_task::STATUS, crate::domain::codes::TaskStatus::Set);
    let sheet = printed(&file(vec![record(1, RecordKind::Task, task)]), What::TaskCard).unwrap();
    let Block::Table(table) = &sheet.parts[0].blocks[0] else { panic!("{:?}", sheet.parts) };
    assert_eq!(table.heads.len(), table.rows[0].len());
    let said: Vec<&str> = table.rows[0].iter().map(|cell| cell.words.as_str()).collect();
    assert_eq!(said[..4], ["1", "10 listopada 2026", "Umówić wizytę u pediatry", "asystent"]);
}

#[test]
fn every_form_can_be_filled_in_by_hand() {
    let file = file(vec![]);
    for blank in Blank::all() {
        let what = What::Blank(blank);
        assert_eq!(what.word().parse(), Ok(what));
        let sheet = printed(&file, what).unwrap();
        let form = what_form(&file, blank);
        let asked = form.fields().filter(|field| !matches!(field.kind, Kind::Files { .. }) && field.key != SIGN.name());
        for field in asked {
            let is_there = sheet.parts.iter().flat_map(|part| &part.blocks).any(|block| match block {
                Block::ToWrite { label, .. } | Block::ToTick { label, .. } => *label == field.label,
                Block::Table(table) => table.label == field.label && !table.rows.is_empty(),
                Block::ToSign(who) => field.kind == Kind::Signatures && !who.is_empty(),
                _ => false,
            });
            assert!(is_there, "{} {}", form.title, field.key);
        }
        for block in sheet.parts.iter().flat_map(|part| &part.blocks) {
            let Block::Table(table) = block else { continue };
            assert!(table.heads.len() <= 7 && table.rows.iter().all(|row| row.len() == table.heads.len()));
        }
    }
    let titles: Vec<String> = Blank::all().into_iter().map(Blank::title).collect();
    assert_eq!(titles[7], "Karta pracy asystenta rodziny (zał. 8)", "{titles:?}");
}

fn what_form(file: &File, blank: Blank) -> &'static Form {
    match blank {
        Blank::Paper(paper) => file.book.newest(crate::domain::office::Subject::paper(paper).unwrap()),
        Blank::Entry => &visit_card::FORM,
        Blank::Task => &family_task::FORM,
    }
}

#[test]
fn an_address_names_one_print() {
    for what in [
        What::Paper(id(7)),
        What::WorkCard(day("2026-02-01")),
        What::WorkCard(day("2026-11-01")),
        What::TaskCard,
        What::OurTasks,
        What::Blank(Blank::Paper(Paper::Plan)),
    ] {
        assert_eq!(what.word().parse(), Ok(what));
    }
    assert_eq!(What::WorkCard(day("2026-02-01")).address("R09"), "/rodziny/R09/druk/karta-pracy-2026-02");
    for word in ["", "karta-pracy-2026", "pusty-INTERVIEW", "pusty-TIMESHEET", "x"] {
        assert_eq!(word.parse::<What>(), Err(()), "{word}");
    }
    assert_eq!(printed(&file(vec![]), What::Paper(id(7))), None);
}

#[test]
fn a_whole_file_prints_each_of_its_papers() {
    let records = sample::file();
    let file = file(records);
    for paper in file.records.iter().filter(|record| record.kind == RecordKind::Paper) {
        let sheet = printed(&file, What::Paper(paper.id)).unwrap();
        assert!(!sheet.title.is_empty() && !sheet.title.contains("zał."), "{}", sheet.title);
    }
    let plan = printed(&file, What::Paper(sample::id(PLAN))).unwrap();
    assert_eq!(plan.attachment, "Załącznik nr 6 do procedury asysty rodzinnej");
}
