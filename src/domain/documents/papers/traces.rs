//! A paper while it is being written: what nobody types as it would stand if it were handed in now, and the records
//! that each value comes from, so that people can look behind it.

use super::{
    begin::{Known, prefilled},
    computed::{computed, with_computed},
    figure::Figure,
    month::Month,
};
use crate::domain::{
    form::{Answers, Section},
    ids::RecordId,
    order::map_of,
    procedure::Paper,
};
use std::collections::{BTreeMap, BTreeSet};

/// A paper with what is counted for it and with the sources of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traced {
    /// The paper with its computed values.
    pub whole: Answers,
    /// Values that records know, by their place.
    figures: BTreeMap<String, Figure>,
}

impl Traced {
    /// A paper of a family.
    pub fn of(paper: Paper, answers: &Answers, known: &Known<'_>) -> Self {
        let mut figures = prefilled(paper, answers, known);
        // Where a value is there at the beginning and counted as well, the count has the last word.
        figures.extend(computed(paper, answers, known));
        Self::new(with_computed(paper, answers, known), figures)
    }

    /// A paper about a month of somebody's own work.
    pub fn of_month(paper: Paper, answers: &Answers, month: &Month) -> Self {
        let mut whole = answers.clone();
        month.count(paper, &mut whole);
        let counted = month.figures.iter().filter(|_| paper == Paper::MonthlyReport);
        Self::new(whole, counted.cloned().collect())
    }

    /// A paper for which nothing is known.
    pub fn plain(answers: &Answers) -> Self {
        Self::new(answers.clone(), Vec::new())
    }

    fn new(whole: Answers, figures: Vec<Figure>) -> Self {
        Self { whole, figures: map_of(figures.into_iter().map(|figure| (figure.path.clone(), figure))) }
    }

    /// The records behind these places, each once. Behind a table are those of all its rows.
    pub fn sources(&self, paths: &[String]) -> Vec<RecordId> {
        let mut seen = BTreeSet::new();
        let all = self.at(paths).flat_map(|figure| figure.from.iter().copied());
        all.filter(|id| seen.insert(*id)).collect()
    }

    /// Does anything with a source stand at these places?
    pub fn has_sources(&self, paths: &[String]) -> bool {
        self.at(paths).any(|figure| !figure.from.is_empty())
    }

    /// Does something else stand there than what the records say now?
    pub fn is_rewritten(&self, paths: &[String]) -> bool {
        self.at(paths).any(|figure| self.whole.raw(&figure.path) != Some(&figure.value))
    }

    /// Does the section show anything that nobody types?
    pub fn says_in(&self, section: &Section) -> bool {
        let mut computed = section.fields.iter().filter(|field| !field.is_typed());
        computed.any(|field| {
            let said = self.whole.filled(field.key) || !self.whole.rows(field.key).is_empty();
            said && field.is_shown(&self.whole)
        })
    }

    /// The figures of these places: their own, and those below them.
    fn at(&self, paths: &[String]) -> impl Iterator<Item = &Figure> {
        paths.iter().flat_map(|path| {
            let below = [path, "/"].concat();
            let inside = self.figures.range(below.clone()..);
            let inside = inside.map_while(move |(at, figure)| at.starts_with(&below).then_some(figure));
            self.figures.get(path).into_iter().chain(inside)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{begin::begin, closing_request, month::month_of, monthly_report, plan, sample_file as sample},
        *,
    };
    use crate::domain::{
        form::{Cell, Value},
        testing::day,
    };

    fn at(path: &str) -> [String; 1] {
        [path.to_owned()]
    }

    fn traced(paper: Paper, change: impl FnOnce(&mut Answers)) -> Traced {
        let records = sample::file();
        let known = Known::of(&records, sample::me(), day(sample::TODAY));
        let mut answers = begin(paper, &known);
        change(&mut answers);
        Traced::of(paper, &answers, &known)
    }

    #[test]
    fn what_nobody_types_stands_beside_what_they_do_and_leads_to_its_records() {
        let traced = traced(Paper::ClosingRequest, |_| {});
        let Some(Value::Number(meetings)) = traced.whole.raw("meetings") else { panic!("no meetings") };
        assert!(*meetings > 0);
        assert_eq!(traced.sources(&at("meetings")).len() as i64, *meetings);
        assert!(traced.has_sources(&at("meetings")) && !traced.is_rewritten(&at("meetings")));
        assert!(!traced.has_sources(&at("doc_date")), "the day of writing comes from no record");
        let counted = |title: &str| closing_request::FORM.sections.iter().find(|section| section.title == title);
        assert!(counted("Podjęta praca").is_some_and(|section| traced.says_in(section)));
        assert!(!counted("Podpisy").is_some_and(|section| traced.says_in(section)));
    }

    #[test]
    fn counts_follow_what_is_written() {
        let visits = |from: &str| {
            let traced = traced(Paper::CourtPaper, |answers| {
                answers.set_raw("period_from", Some(day(from).write()));
            });
            traced.whole.raw("visits").cloned()
        };
        assert_ne!(visits("2026-01-01"), visits(sample::TODAY));
    }

    #[test]
    fn what_a_person_wrote_over_it_is_told_apart() {
        let rewritten = |traced: &Traced| traced.is_rewritten(&at("kind"));
        assert!(!rewritten(&traced(Paper::Plan, |_| {})));
        let other = traced(Paper::Plan, |answers| {
            let kinds = plan::PlanKind::ALL;
            let now = answers.get(plan::KIND);
            let other = kinds.iter().find(|kind| Some(**kind) != now);
            answers.put(plan::KIND, *other.unwrap());
        });
        assert!(rewritten(&other) && other.has_sources(&at("kind")));
    }

    #[test]
    fn a_row_has_the_sources_of_its_cells_each_once() {
        let traced = traced(Paper::Plan, |_| {});
        let row = traced.whole.rows(plan::GOALS).into_iter().next().unwrap();
        let path = [plan::GOALS, "/", &row].concat();
        let sources = traced.sources(&at(&path));
        assert!(!sources.is_empty() && traced.at(&at(&path)).count() > sources.len());
        assert!(traced.sources(&at("goal")).is_empty(), "a name that only begins so is another place");
    }

    #[test]
    fn a_month_is_counted_from_its_cards() {
        let records = sample::file();
        let first = day(sample::TODAY);
        let month = month_of(sample::me(), first, &records, first);
        let answers = month.open(Paper::MonthlyReport, None, first);
        let traced = Traced::of_month(Paper::MonthlyReport, &answers, &month);
        let figure = month.figures.iter().find(|figure| !figure.from.is_empty()).unwrap();
        assert_eq!(traced.sources(&at(&figure.path)), figure.from);
        let mut stale = month.open(Paper::Timesheet, None, first);
        let counted = stale.raw("direct_total").cloned();
        stale.set_raw("direct_total", Some(Value::Number(9999)));
        let timesheet = Traced::of_month(Paper::Timesheet, &stale, &month);
        assert!(timesheet.figures.is_empty() && counted.is_some());
        assert_eq!(timesheet.whole.raw("direct_total").cloned(), counted, "it is counted anew");
        let whole_month = monthly_report::FORM.sections.iter().find(|section| section.title == "Podsumowanie miesiąca");
        assert!(whole_month.is_some_and(|section| traced.says_in(section)));
    }
}
