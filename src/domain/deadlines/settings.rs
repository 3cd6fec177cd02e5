//! What an office may set itself ("Parametry procedury"), and the check that it only tightens the law.

use super::{Code, Origin, RULES, Term, rule};
use crate::domain::form::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The parameters as an office writes them; nothing is checked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parameters {
    /// Lengths that differ from those of the procedure.
    pub terms: BTreeMap<Code, Term>,
    /// A local term that ends on a day off ends on the next working day. Otherwise the day stays as it is
    /// and is marked "(dzień wolny)": the procedure is silent (2.3, I).
    pub shift_to_working_day: bool,
    /// Families in monitoring count to the cap. The law speaks of families with whom the assistant works,
    /// and monitoring comes after the work (art. 15 ust. 1 pkt 16), but it does not say so expressly (2.1, I).
    pub monitoring_counts: bool,
    /// Cases "Za życiem" count to the cap (2.1, I).
    pub za_zyciem_counts: bool,
    /// From how many families on an allocation is warned about (2.2, I).
    pub cap_warns_from: u32,
    /// Monitoring may not be ended earlier without a reason (S3 10.3).
    pub monitoring_min_months: u32,
    /// The manager approves the plan of work (3.6, I).
    pub manager_approves_plan: bool,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            terms: BTreeMap::new(),
            shift_to_working_day: false,
            monitoring_counts: false,
            za_zyciem_counts: true,
            cap_warns_from: 13,
            monitoring_min_months: 2,
            manager_approves_plan: true,
        }
    }
}

/// Checked parameters: whoever holds them knows that no length of the law is longer than the law allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parameters", into = "Parameters")]
pub struct Settings(Parameters);

impl Settings {
    /// Checks what an office wrote.
    ///
    /// # Errors
    /// Everything that is wrong with it, each at its field (`terms/D05`), in Polish.
    pub fn check(parameters: Parameters) -> Result<Self, Vec<Problem>> {
        let mut problems: Vec<Problem> =
            parameters.terms.iter().filter_map(|(code, term)| term_problem(*code, *term)).collect();
        let settings = Self(parameters);
        // Comparing with lengths that are wrong themselves would only confuse.
        if problems.is_empty() {
            problems = settings.disagreements();
        }
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    /// The length of a term in this office.
    pub fn term(&self, code: Code) -> Term {
        self.0.terms.get(&code).copied().unwrap_or(rule(code).term)
    }

    /// Families that one assistant may have at once (D12).
    pub fn cap(&self) -> u32 {
        match self.term(Code::D12) {
            Term::Families(families) => families,
            // `check` lets no other unit in.
            _ => 15,
        }
    }

    /// Months that monitoring lasts at most (D08).
    pub fn monitoring_max_months(&self) -> u32 {
        match self.term(Code::D08) {
            Term::Months(months) => months,
            // `check` lets no other unit in.
            _ => 6,
        }
    }

    /// Months that monitoring lasts at least, unless there is a reason.
    pub fn monitoring_min_months(&self) -> u32 {
        self.0.monitoring_min_months
    }

    /// Local terms move from a day off to the next working day.
    pub fn shifts_to_working_day(&self) -> bool {
        self.0.shift_to_working_day
    }

    /// Families in monitoring count to the cap.
    pub fn monitoring_counts(&self) -> bool {
        self.0.monitoring_counts
    }

    /// Cases "Za życiem" count to the cap.
    pub fn za_zyciem_counts(&self) -> bool {
        self.0.za_zyciem_counts
    }

    /// From how many families on an allocation is warned about.
    pub fn cap_warns_from(&self) -> u32 {
        self.0.cap_warns_from
    }

    /// The manager approves the plan of work.
    pub fn manager_approves_plan(&self) -> bool {
        self.0.manager_approves_plan
    }

    /// The parameters, for the form that changes them.
    pub fn parameters(&self) -> &Parameters {
        &self.0
    }

    fn disagreements(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let longest = self.monitoring_max_months();
        if !(1..=longest).contains(&self.0.monitoring_min_months) {
            let text = format!("Najkrótszy monitoring to od 1 do {longest} miesięcy, najwyżej tyle co najdłuższy.");
            problems.push(Problem::error("monitoring_min_months", text));
        }
        if !(1..=self.cap()).contains(&self.0.cap_warns_from) {
            let text = format!("Ostrzeżenie o obciążeniu ustaw na liczbę od 1 do {}.", self.cap());
            problems.push(Problem::error("cap_warns_from", text));
        }
        if let (Term::Months(usual), Term::Months(extended)) = (self.term(Code::D07), self.term(Code::D07P))
            && extended <= usual
        {
            let text = "Przedłużona współpraca musi być dłuższa niż zwykła.";
            problems.push(Problem::error(field(Code::D07P), text));
        }
        problems
    }
}

impl TryFrom<Parameters> for Settings {
    type Error = String;
    fn try_from(parameters: Parameters) -> Result<Self, String> {
        Self::check(parameters)
            .map_err(|problems| problems.into_iter().map(|problem| problem.text).collect::<Vec<_>>().join(" "))
    }
}

impl From<Settings> for Parameters {
    fn from(settings: Settings) -> Self {
        settings.0
    }
}

fn field(code: Code) -> String {
    format!("terms/{}", code.code())
}

fn term_problem(code: Code, term: Term) -> Option<Problem> {
    let rule = &RULES[code as usize];
    let (name, usual) = (code.label(), rule.term.words());
    let error = |text| Some(Problem::error(field(code), text));
    match (term.is_within(rule.term), rule.origin) {
        (None, _) => error(format!(
            "{}: „{name}” liczy się inaczej ({usual}). Zmień liczbę, a nie sposób liczenia.",
            code.code()
        )),
        (Some(false), Origin::Statutory) => error(format!(
            "{}: „{name}” – przepis pozwala najwyżej na: {usual} ({}). Ten termin można tylko skrócić.",
            code.code(),
            rule.source,
        )),
        _ if !term.is_sensible() => error(format!("{}: podaj rozsądną długość terminu „{name}”.", code.code())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with(code: Code, term: Term) -> Result<Settings, Vec<Problem>> {
        Settings::check(Parameters { terms: [(code, term)].into(), ..Parameters::default() })
    }

    #[test]
    fn what_is_set_beforehand_is_right() {
        let settings = Settings::check(Parameters::default()).unwrap();
        assert_eq!(settings, Settings::default());
        assert_eq!((settings.cap(), settings.cap_warns_from()), (15, 13));
        assert_eq!((settings.monitoring_min_months(), settings.monitoring_max_months()), (2, 6));
        assert_eq!(settings.term(Code::D05), Term::Months(6));
    }

    #[test]
    fn local_lengths_go_both_ways_the_laws_only_down() {
        assert_eq!(with(Code::D02, Term::Days(14)).unwrap().term(Code::D02), Term::Days(14));
        assert_eq!(with(Code::D05, Term::Months(5)).unwrap().term(Code::D05), Term::Months(5));
        for (code, term) in [
            (Code::D05, Term::Months(7)),
            (Code::D12, Term::Families(16)),
            (Code::D16, Term::WorkingDays(6)),
            (Code::D17, Term::ByAge { under_three: 4, older: 6 }),
            (Code::D18, Term::AfterHalfYear(32)),
            (Code::D19, Term::AfterYear { month: 4, day: 1 }),
            (Code::D20, Term::AfterYear { month: 5, day: 1 }),
            (Code::D22, Term::Hours(73)),
        ] {
            let problems = with(code, term).unwrap_err();
            assert_eq!(problems[0].field, field(code));
            assert!(problems[0].text.contains("można tylko skrócić"), "{}", problems[0].text);
        }
        let problems = with(Code::D05, Term::Months(7)).unwrap_err();
        assert_eq!(
            problems[0].text,
            "D05: „okresowa ocena sytuacji rodziny” – przepis pozwala najwyżej na: 6 miesięcy \
             (art. 15 ust. 1 pkt 15 ustawy o wspieraniu rodziny). Ten termin można tylko skrócić."
        );
    }

    #[test]
    fn a_length_keeps_its_unit_and_its_sense() {
        // 182 days may be longer than six months, so units are never mixed.
        assert!(with(Code::D05, Term::Days(100)).unwrap_err()[0].text.contains("liczy się inaczej"));
        assert!(with(Code::D13, Term::Stated { otherwise: Some(3) }).is_err());
        for term in [Term::Months(0), Term::Months(700)] {
            assert!(with(Code::D04, term).unwrap_err()[0].text.contains("rozsądną"), "{term:?}");
        }
    }

    #[test]
    fn lengths_agree_with_one_another() {
        let fields = |parameters| -> Vec<String> {
            Settings::check(parameters).unwrap_err().into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(fields(Parameters { monitoring_min_months: 7, ..Parameters::default() }), ["monitoring_min_months"]);
        assert_eq!(fields(Parameters { cap_warns_from: 16, ..Parameters::default() }), ["cap_warns_from"]);
        let terms = [(Code::D07, Term::Months(36))].into();
        assert_eq!(fields(Parameters { terms, ..Parameters::default() }), ["terms/D07P"]);
    }

    #[test]
    fn settings_are_checked_also_when_they_are_read() {
        let kept = serde_json::to_string(&with(Code::D09, Term::AfterMonth(7)).unwrap()).unwrap();
        assert!(kept.contains(r#""D09":{"after_month":7}"#), "{kept}");
        let settings: Settings = serde_json::from_str(&kept).unwrap();
        assert_eq!(settings.term(Code::D09), Term::AfterMonth(7));
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
        assert!(serde_json::from_str::<Settings>(r#"{"terms":{"D05":{"months":12}}}"#).is_err());
    }

    fn any_term() -> impl Strategy<Value = Term> {
        prop_oneof![
            (0u32..2000).prop_map(Term::Days),
            (0u32..80).prop_map(Term::Months),
            (0u32..400).prop_map(Term::WorkingDays),
            (0u32..100).prop_map(Term::Hours),
            (0u32..9, 0u32..14).prop_map(|(under_three, older)| Term::ByAge { under_three, older }),
            proptest::option::of(0u32..40).prop_map(|otherwise| Term::Stated { otherwise }),
            (0u32..40).prop_map(Term::AfterMonth),
            (0u32..40).prop_map(Term::AfterHalfYear),
            (0u32..14, 0u32..33).prop_map(|(month, day)| Term::AfterYear { month, day }),
            (0u32..30).prop_map(Term::Families),
        ]
    }

    proptest! {
        #[test]
        fn no_setting_makes_the_law_longer(
            chosen in proptest::collection::btree_map(proptest::sample::select(Code::ALL), any_term(), 0..6),
            start in 0u64..20_000,
        ) {
            let Ok(settings) = Settings::check(Parameters { terms: chosen, ..Parameters::default() }) else {
                return Ok(());
            };
            let start = chrono::NaiveDate::from_ymd_opt(2000, 1, 31).unwrap() + chrono::Days::new(start);
            prop_assert!(settings.cap() <= 15);
            for rule in RULES.iter().filter(|rule| rule.origin == Origin::Statutory) {
                let ours = settings.term(rule.code);
                prop_assert_eq!(ours.is_within(rule.term), Some(true));
                let from = rule.term.period_end(start).unwrap_or(start);
                prop_assert!(ours.last_day(from, None, None) <= rule.term.last_day(from, None, None));
            }
        }
    }
}
