//! The procedure in the office: steps that people take, steps that follow from papers, and fifteen families at
//! most, whoever decides at the same moment (spec/domain.md 2.2, art. 15 ust. 4).

use super::{
    office::TestOffice,
    papers::{card, made, making, step, today, visit},
};
use crate::{
    api::settings::Publishing,
    domain::{
        access::Role,
        change::{Action, Change, Edit, Intent},
        codes::Basis,
        deadlines::{Code, Parameters, Term},
        documents::{
            RecordKind,
            case_card::{self, Stage},
            papers::{
                course::{CASE, LIFE, PAPER},
                form_of,
                testing::{self, MEMBER},
            },
        },
        form::{Answers, Cell as _},
        ids::{ChangeId, DeviceId, FamilyId, RecordId, Rev, UserId},
        procedure::{Duty, Given, Life, Paper, Transition},
        record::{Record, Refusal},
    },
    server::{
        db::{
            Db, books, records,
            testing::{count, fresh, on_each},
        },
        exchange::Taken,
        writing,
    },
    sync::protocol::Verdict,
};
use std::{collections::BTreeMap, sync::Arc};

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_assistant("Ola").await;
    office.with_person("Wanda", Role::SocialWorker).await.with_person("Zoja", Role::SocialWorker).await
}

/// A family as its story finds it.
#[derive(Clone, Copy)]
struct Story {
    family: FamilyId,
    case: RecordId,
}

impl Story {
    fn new() -> Self {
        Self { family: FamilyId(fresh()), case: RecordId(fresh()) }
    }

    /// A step of a person at the desk.
    fn step(self, office: &TestOffice, who: &str, base: Rev, taken: (Transition, Given)) -> Change {
        let change = step(office.user(who), self.case, self.family, taken);
        Change { base, ..change }
    }

    /// A paper that is handed in at once.
    fn paper(self, by: UserId, paper: Paper, pairs: &[(&str, &str)], signed: &[&str]) -> Change {
        let form = form_of(paper).unwrap();
        let mut answers = testing::answers(form, pairs);
        testing::sign(form, &mut answers, signed);
        answers = answers.with(PAPER, paper).with(CASE, self.case).with(LIFE, Life::Signed);
        made(by, making(RecordKind::Paper, self.family, &answers))
    }

    async fn case(self, office: &TestOffice) -> Record {
        let mut link = office.db.read().await.unwrap();
        records::find(&mut link, office.office, &[self.case]).await.unwrap().remove(0)
    }

    async fn stage(self, office: &TestOffice) -> Stage {
        self.case(office).await.answers.get(case_card::STAGE).unwrap()
    }
}

fn referral(on: &str) -> (Transition, Given) {
    let given = Given { basis: [Basis::Difficulties].into(), ..Given::on(on.parse().unwrap()) };
    (Transition::Refer, given)
}

const REFERRAL: &[(&str, &str)] = &[
    ("place", "Zbąszynek"),
    ("doc_date", "2026-11-09"),
    ("referral_source", "OWN"),
    ("informed_on", "2026-11-09"),
    ("family_name", "Próbna"),
    ("locality", "Kosieczyn"),
    ("basis", "DIFFICULTIES"),
    ("matter", "Rodzina potrzebuje wsparcia w opiece nad dziećmi."),
    ("urgent", "nie"),
];

fn request(by: UserId) -> Vec<(&'static str, String)> {
    [
        ("place", "Zbąszynek"),
        ("doc_date", "2026-11-16"),
        ("interview_date", "2026-11-12"),
        ("referral_source", "OWN"),
        ("basis", "DIFFICULTIES"),
        ("members", MEMBER),
        ("problems", "POVERTY"),
        ("analysis", "Matka sama wychowuje troje dzieci, najmłodsze choruje; dochód nie wystarcza na czynsz."),
        ("justification", "Rodzina potrzebuje stałego wsparcia w opiece nad dziećmi."),
    ]
    .into_iter()
    .map(|(field, text)| (field, text.to_owned()))
    .chain([("requested_by", by.to_string())])
    .collect()
}

fn texts<'a>(pairs: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    pairs.iter().map(|(field, text)| (*field, text.as_str())).collect()
}

/// What the manager writes on nr 1.
fn allocation(request: &Change, rev: Rev, manager: UserId, assistant: UserId) -> Change {
    let assistant = assistant.to_string();
    let decision = [
        ("decision", "ALLOCATE"),
        ("assistant", assistant.as_str()),
        ("allocated_on", "2026-11-17"),
        ("help_plan_approved_on", "2026-11-17"),
        ("manager_signatures/M/role", "MANAGER"),
        ("manager_signatures/M/name", "Kira Kierownicza"),
        ("manager_signatures/M/method", "PAPER"),
    ];
    approval(request, rev, manager, Paper::Request, &decision)
}

fn rev_of(taken: &Taken) -> Rev {
    match taken.receipts.last().map(|receipt| &receipt.verdict) {
        Some(Verdict::Accepted { rev } | Verdict::Merged { rev }) => *rev,
        other => panic!("not taken: {other:?}"),
    }
}

fn says(taken: &Taken, part: &str) -> bool {
    taken.receipts.iter().any(|receipt| match &receipt.verdict {
        Verdict::Refused(Refusal::Invalid(problems)) => problems.iter().any(|problem| problem.text.contains(part)),
        _ => false,
    })
}

/// A new family with its case and its referral, as the desk sends them.
fn intake(office: &TestOffice, who: &str, story: Story) -> Vec<Change> {
    let mut answers = card("", "Próbna");
    answers.set_raw("code", None);
    vec![
        story.step(office, who, Rev::NONE, referral("2026-11-09")),
        made(office.user(who), making(RecordKind::Family, story.family, &answers)),
        story.paper(office.user(who), Paper::Referral, REFERRAL, &["SOCIAL_WORKER"]),
    ]
}

#[tokio::test]
async fn a_family_comes_in_is_allocated_and_met_and_every_step_follows_from_a_paper() {
    on_each(async |db| {
        let office = office(db).await;
        let (story, wanda, ala) = (Story::new(), office.user("Wanda"), office.user("Ala"));
        let begun = office.write("Wanda", &intake(&office, "Wanda", story)).await;
        assert_eq!(begun.steps, [Transition::Refer]);
        assert_eq!(
            count(&office.db, "select count(*) from families where code = 'R01' and surname = 'Próbna'").await,
            1
        );

        let case = story.case(&office).await;
        let interview = (Transition::Interview, Given::on("2026-11-12".parse().unwrap()));
        office.write("Wanda", &[story.step(&office, "Wanda", case.rev, interview)]).await;
        let asked = story.paper(wanda, Paper::Request, &texts(&request(wanda)), &["SOCIAL_WORKER"]);
        let taken = office.write("Wanda", std::slice::from_ref(&asked)).await;
        assert_eq!(taken.steps, [Transition::Request]);
        let allocated = allocation(&asked, rev_of(&taken), office.user("Kira"), ala);
        assert_eq!(office.write("Kira", &[allocated]).await.steps, [Transition::Allocate]);
        let case = story.case(&office).await;
        assert_eq!(case.answers.get(case_card::ASSISTANT), Some(ala));
        assert_eq!(case.answers.get(case_card::HELP_PLAN_ON), Some("2026-11-17".parse().unwrap()));

        let (from, to) = (wanda.to_string(), ala.to_string());
        let handover = [
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-18"),
            ("from", from.as_str()),
            ("to", to.as_str()),
            ("sent_on", "2026-11-18"),
            ("received_on", "2026-11-18"),
            ("items/1/kind", "INTERVIEW"),
            ("items/1/form", "COPY"),
            ("complete", "tak"),
        ];
        let handover = story.paper(wanda, Paper::Handover, &handover, &["SOCIAL_WORKER", "ASSISTANT"]);
        assert_eq!(office.write("Wanda", &[handover]).await.steps, [Transition::HandOver]);

        // From here on the assistant works in the home, without a network, and sends it later.
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        phone.write(vec![making(RecordKind::Visit, story.family, &visit(today()))]);
        phone.sync(&office).await;
        assert_eq!(story.stage(&office).await, Stage::FirstMeeting);
        let stage =
            |phone: &super::phone::Phone| phone.replica.record(story.case).unwrap().answers.get(case_card::STAGE);
        assert_eq!(stage(&phone), Some(Stage::FirstMeeting), "the step came back with the same answer");
        let consent = [
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("variant", "CONSENT"),
            ("court_ordered", "nie"),
            ("declarants/1/member", MEMBER),
            ("declarants/1/address", "ul. Główna 1, Kosieczyn"),
            ("declarants/1/capacity", "ADULT"),
            ("meeting_date", "2026-11-20"),
            ("meeting_place", "mieszkanie rodziny"),
            ("worker_present", "tak"),
            ("worker", from.as_str()),
            ("informed_voluntary", "tak"),
            ("informed_rules", "tak"),
            ("informed_rights", "tak"),
            ("informed_court", "tak"),
            ("informed_data", "tak"),
        ];
        let consent = story.paper(ala, Paper::Consent, &consent, &["MEMBER", "ASSISTANT", "SOCIAL_WORKER"]);
        let receipts = office.push("Ala", &[consent]).await;
        assert!(matches!(receipts[0].verdict, Verdict::Accepted { .. }), "{receipts:?}");
        let case = story.case(&office).await;
        assert_eq!(case.answers.get(case_card::STAGE), Some(Stage::Diagnosis));
        assert_eq!(case.answers.get(case_card::CONSENT_ON), Some(today()));
        let journal: Vec<_> = case
            .answers
            .rows(case_card::STEPS)
            .iter()
            .filter_map(|row| case.answers.row(case_card::STEPS, row).get(case_card::STEP))
            .collect();
        use Transition::*;
        assert_eq!(journal, [Refer, Interview, Request, Allocate, HandOver, Meet, BeginDiagnosis]);
        assert_eq!(case.answers.rows(case_card::DUTIES).len(), 1, "the family card is owed");
        assert_eq!(super::exchanges::gaps(&office).await, Vec::<i64>::new());
    })
    .await;
}

#[tokio::test]
async fn what_the_desk_writes_is_written_whole_or_not_at_all() {
    on_each(async |db| {
        let office = office(db).await;
        let story = Story::new();
        let mut changes = intake(&office, "Wanda", story);
        let Action::Write(edits) = &mut changes[2].action else { panic!() };
        edits.remove("matter");
        let taken = office.write("Wanda", &changes).await;
        assert!(says(&taken, "Uzupełnij"), "{:?}", taken.receipts);
        assert_eq!(count(&office.db, "select count(*) from records").await, 0);
        let changes = intake(&office, "Wanda", story);
        let first = office.write("Wanda", &changes).await;
        assert_eq!(office.write("Wanda", &changes).await.receipts, first.receipts, "sent again, answered again");
        assert_eq!(count(&office.db, "select count(*) from records").await, 3);
        // A second case beside an open one.
        let again = Story { case: RecordId(fresh()), ..story };
        let taken = office.write("Wanda", &[again.step(&office, "Wanda", Rev::NONE, referral("2026-11-10"))]).await;
        assert!(says(&taken, "otwartą sprawę"), "{:?}", taken.receipts);
    })
    .await;
}

/// The case of a family that the office has done with.
async fn ended(office: &TestOffice, family: FamilyId) -> Story {
    let story = Story { family, case: RecordId(fresh()) };
    let answers = Answers::default()
        .with(case_card::STAGE, Stage::Refused)
        .with(case_card::BASIS, [Basis::Difficulties.code().to_owned()].into())
        .with(case_card::WORKER, office.user("Wanda"))
        .with(case_card::REFERRED_ON, "2026-03-02".parse().unwrap())
        .with(case_card::ENDED_ON, "2026-05-04".parse().unwrap());
    office.lay("Kira", Intent { record: story.case, ..making(RecordKind::Case, family, &answers) }).await;
    office.lay("Kira", making(RecordKind::Family, family, &card("", "Znana"))).await;
    story
}

#[tokio::test]
async fn a_new_case_takes_up_an_earlier_one_of_its_own_family_only() {
    on_each(async |db| {
        let office = office(db).await;
        let earlier = ended(&office, FamilyId(fresh())).await;
        let others = ended(&office, FamilyId(fresh())).await;
        let new = Story { case: RecordId(fresh()), ..earlier };
        let taking_up = |follows: RecordId| {
            let (step, given) = referral("2026-11-09");
            (step, Given { follows: Some(follows), ..given })
        };
        for stray in [others.case, RecordId(fresh()), new.case] {
            let taken = office.write("Wanda", &[new.step(&office, "Wanda", Rev::NONE, taking_up(stray))]).await;
            let verdict = &taken.receipts[0].verdict;
            assert_eq!(*verdict, Verdict::Refused(Refusal::Mismatch));
        }
        let taken = office.write("Wanda", &[new.step(&office, "Wanda", Rev::NONE, taking_up(earlier.case))]).await;
        assert_eq!(taken.steps, [Transition::Refer], "{:?}", taken.receipts);
        assert_eq!(new.case(&office).await.answers.get(case_card::FOLLOWS), Some(earlier.case));
    })
    .await;
}

#[tokio::test]
async fn a_case_is_moved_by_steps_and_by_whom_they_belong_to() {
    on_each(async |db| {
        let office = office(db).await;
        let story = Story::new();
        office.write("Wanda", &intake(&office, "Wanda", story)).await;
        let rev = story.case(&office).await.rev;
        let interview = (Transition::Interview, Given::on("2026-11-12".parse().unwrap()));
        let foreign = office.write("Zoja", &[story.step(&office, "Zoja", rev, interview.clone())]).await;
        assert!(says(&foreign, "innej osobie"), "{:?}", foreign.receipts);
        let manager = office.write("Kira", &[story.step(&office, "Kira", rev, interview)]).await;
        assert!(says(&manager, "pracownik socjalny"), "{:?}", manager.receipts);
        let edit = Edit { before: Some(Stage::Referred.write()), after: Some(Stage::Cooperation.write()) };
        let by_hand = Change {
            action: Action::Write([(case_card::STAGE.name().to_owned(), edit)].into()),
            ..story.step(&office, "Kira", rev, referral("2026-11-09"))
        };
        assert!(says(&office.write("Kira", &[by_hand]).await, "krokami procedury"));
        assert_eq!(story.stage(&office).await, Stage::Referred);
    })
    .await;
}

/// A family whose request for an assistant waits for the manager.
async fn requested(office: &TestOffice) -> (Story, Change, Rev) {
    let (story, wanda) = (Story::new(), office.user("Wanda"));
    let answers = Answers::default()
        .with(case_card::STAGE, Stage::Requested)
        .with(case_card::BASIS, [Basis::Difficulties.code().to_owned()].into())
        .with(case_card::WORKER, wanda)
        .with(case_card::REFERRED_ON, "2026-11-01".parse().unwrap());
    let case = Intent { record: story.case, ..making(RecordKind::Case, story.family, &answers) };
    office.lay("Kira", case).await;
    office.lay("Kira", making(RecordKind::Family, story.family, &card("", "Czekająca"))).await;
    let asked = story.paper(wanda, Paper::Request, &texts(&request(wanda)), &["SOCIAL_WORKER"]);
    let rev = rev_of(&office.write("Wanda", std::slice::from_ref(&asked)).await);
    (story, asked, rev)
}

#[tokio::test]
async fn sixteen_allocations_at_once_find_one_free_place() {
    on_each(async |db| {
        let mut office = office(db).await;
        for number in 1..=14 {
            office = office.with_family(&format!("R{number:02}"), "Ala").await;
        }
        let mut waiting = Vec::new();
        for _ in 0..16 {
            waiting.push(requested(&office).await);
        }
        let (kira, ala) = (office.user("Kira"), office.user("Ala"));
        let decisions = waiting.iter().map(|(_, asked, rev)| allocation(asked, *rev, kira, ala));
        let office = Arc::new(office);
        let under_way: Vec<_> = decisions
            .map(|change| {
                let office = Arc::clone(&office);
                tokio::spawn(async move { office.write("Kira", &[change]).await })
            })
            .collect();
        let mut taken = 0;
        for answer in under_way {
            let answer = answer.await.unwrap();
            match answer.is_refused() {
                false => {
                    assert_eq!(answer.steps, [Transition::Allocate]);
                    taken += 1;
                }
                true => assert!(says(&answer, "prowadzi już 15 rodzin"), "{:?}", answer.receipts),
            }
        }
        assert_eq!(taken, 1);
        assert_eq!(count(&office.db, "select count(*) from papers where life = 'APPROVED'").await, 1);
        let mut link = office.db.read().await.unwrap();
        let stages = crate::server::db::families::stages_of(&mut link, office.office, ala).await.unwrap();
        assert_eq!(stages.len(), 15);
    })
    .await;
}

#[tokio::test]
async fn the_cap_that_the_office_has_set_holds() {
    on_each(async |db| {
        let office = office(db).await.with_family("R01", "Ala").await;
        let (kira, ala) = (office.user("Kira"), office.user("Ala"));
        let (_, asked, rev) = requested(&office).await;
        let own = Parameters { cap_warns_from: 1, ..super::book::terms(Code::D12, Term::Families(1)) };
        assert_eq!(office.publish("Kira", Rev::NONE, own).await, Publishing::Published);
        let answer = office.write("Kira", &[allocation(&asked, rev, kira, ala)]).await;
        assert!(answer.is_refused() && says(&answer, "prowadzi już 1"), "{:?}", answer.receipts);
        let tag = books::newest_tag(&mut office.db.read().await.unwrap(), office.office).await.unwrap();
        assert_eq!(office.publish("Kira", tag, Parameters::default()).await, Publishing::Published);
        let answer = office.write("Kira", &[allocation(&asked, rev, kira, ala)]).await;
        assert_eq!(answer.steps, [Transition::Allocate], "{:?}", answer.receipts);
    })
    .await;
}

impl TestOffice {
    /// Writes as the desk does: all of it or nothing.
    pub async fn write(&self, name: &str, changes: &[Change]) -> Taken {
        writing::take(&self.db, self.who(name), (DeviceId(fresh()), changes), self.now).await.unwrap()
    }
}

/// The edits by which a manager approves a paper that was handed in.
fn approval(paper: &Change, rev: Rev, manager: UserId, kind: Paper, decision: &[(&str, &str)]) -> Change {
    let decided = testing::answers(form_of(kind).unwrap(), decision).0;
    let mut edits: BTreeMap<String, Edit> =
        decided.into_iter().map(|(field, after)| (field, Edit { before: None, after: Some(after) })).collect();
    let life = Edit { before: Some(Life::Signed.write()), after: Some(Life::Approved.write()) };
    edits.insert(LIFE.name().to_owned(), life);
    Change { id: ChangeId(fresh()), base: rev, action: Action::Write(edits), author: manager, ..paper.clone() }
}

const EXTENSION: &[(&str, &str)] = &[
    ("place", "Zbąszynek"),
    ("doc_date", "2026-11-19"),
    ("started_on", "2024-12-01"),
    ("extended_to", "2027-12-01"),
    ("reasons", "Terapia matki kończy się w maju, powrót córki jest realny jesienią."),
    ("goals/1/status", "IN_PROGRESS"),
    ("goals/1/remains", "Noclegi córki w domu."),
    ("goals/1/due", "2027-09-30"),
];

const CONSENT_TO_IT: &[(&str, &str)] = &[
    ("decision", "CONSENT"),
    ("decided_on", "2026-11-20"),
    ("manager_signatures/1/role", "MANAGER"),
    ("manager_signatures/1/name", "Kira Kierownicza"),
    ("manager_signatures/1/method", "PAPER"),
];

#[tokio::test]
async fn a_decision_that_was_carried_out_hinders_no_later_paper() {
    on_each(async |db| {
        let office = office(db).await.with_family_of_worker("R01", "Ala", Some("Wanda")).await;
        let story = Story { family: office.family("R01"), case: office.case("R01") };
        let (ala, kira) = (office.user("Ala"), office.user("Kira"));
        let hand_in = async || {
            let paper = story.paper(ala, Paper::Extension, EXTENSION, &["ASSISTANT"]);
            let rev = rev_of(&office.write("Ala", std::slice::from_ref(&paper)).await);
            office.write("Kira", &[approval(&paper, rev, kira, Paper::Extension, CONSENT_TO_IT)]).await
        };
        assert_eq!(hand_in().await.steps, [Transition::Extend]);
        let review = story.paper(ala, Paper::Extension, EXTENSION, &["ASSISTANT"]);
        let later = office.write("Ala", &[review]).await;
        assert!(!later.is_refused(), "the third year goes on: {:?}", later.receipts);
        // There is no third extension: that decision itself is refused.
        assert!(says(&hand_in().await, "już przedłużona"));
    })
    .await;
}

#[tokio::test]
async fn nobody_opens_a_case_in_a_file_that_is_not_theirs() {
    on_each(async |db| {
        let office = office(db).await;
        let closed = Story { family: family_of_the_past(&office).await, case: RecordId(fresh()) };
        let refused = |taken: &Taken| {
            matches!(taken.receipts[0].verdict, Verdict::Refused(Refusal::NotAllowed | Refusal::Mismatch))
        };
        let foreign = office.write("Zoja", &[closed.step(&office, "Zoja", Rev::NONE, referral("2026-11-10"))]).await;
        assert!(refused(&foreign), "{:?}", foreign.receipts);
        let own = office.write("Wanda", &[closed.step(&office, "Wanda", Rev::NONE, referral("2026-11-10"))]).await;
        assert!(!own.is_refused(), "{:?}", own.receipts);
        // The file of an assistant's own work bears their id, and is nobody's family.
        let ala = Story { family: FamilyId(office.user("Ala").0), case: RecordId(fresh()) };
        let planted = office.write("Zoja", &[ala.step(&office, "Zoja", Rev::NONE, referral("2026-11-10"))]).await;
        assert!(refused(&planted), "{:?}", planted.receipts);
    })
    .await;
}

/// A family of Wanda's whose case has ended.
async fn family_of_the_past(office: &TestOffice) -> FamilyId {
    let family = FamilyId(fresh());
    let answers = Answers::default()
        .with(case_card::STAGE, Stage::Closed)
        .with(case_card::BASIS, [Basis::Difficulties.code().to_owned()].into())
        .with(case_card::WORKER, office.user("Wanda"))
        .with(case_card::REFERRED_ON, "2026-01-01".parse().unwrap());
    office.lay("Kira", making(RecordKind::Case, family, &answers)).await;
    office.lay("Kira", making(RecordKind::Family, family, &card("", "Dawna"))).await;
    family
}

#[tokio::test]
async fn what_is_owed_is_ticked_off_by_whom_it_is_owed() {
    on_each(async |db| {
        let office = office(db).await.with_family_of_worker("R01", "Ala", Some("Wanda")).await;
        let case = Story { family: office.family("R01"), case: office.case("R01") };
        let duty = Answers::default()
            .with(case_card::DUTY_WHAT, Duty::NotifyCourt)
            .with(case_card::DUTY_SINCE, "2026-11-10".parse().unwrap());
        let mut owed = case.case(&office).await.answers;
        owed.put_row(case_card::DUTIES, "001-NOTIFY_COURT", duty);
        let family = FamilyId(fresh());
        let laid = office.lay("Kira", making(RecordKind::Case, family, &owed)).await;
        let tick = |who: &str| {
            let done = Edit { before: None, after: Some("2026-11-19".parse::<chrono::NaiveDate>().unwrap().write()) };
            let edits = [(format!("{}/001-NOTIFY_COURT/done_on", case_card::DUTIES), done)].into();
            let (id, author) = (ChangeId(fresh()), office.user(who));
            Change { id, author, base: Rev(1), action: Action::Write(edits), ..laid.clone() }
        };
        let early = office.write("Ala", &[tick("Ala")]).await;
        assert!(says(&early, "kierownik"), "{:?}", early.receipts);
        let by_manager = office.write("Kira", &[tick("Kira")]).await;
        assert!(!by_manager.is_refused(), "{:?}", by_manager.receipts);
    })
    .await;
}
