//! What a term is, as data.

use super::{Code, Happening, Scope, Term};
use crate::domain::{access::Role, form::choices};

choices! {
    /// How serious a missed term is.
    Severity {
        /// Another office's duty; good to know.
        Info = "INFO", "do wiadomości";
        /// Never more than amber: the procedure says "optymalnie".
        Soft = "SOFT", "zalecany";
        /// Red when it has passed.
        Firm = "FIRM", "wiążący";
        /// Red, and counted by whoever inspects the office.
        Hard = "HARD", "bezwzględny";
        /// Red and before everything else.
        First = "FIRST", "bezwzględny, na początku listy";
    }
}

choices! {
    /// Where a length comes from.
    Origin {
        /// An office may set it as it likes.
        Local = "LOCAL", "procedura ośrodka";
        /// An office may only shorten it.
        Statutory = "STATUTORY", "przepis";
    }
}

/// What fulfils a term.
#[derive(Clone, Copy, Debug)]
pub enum Fulfil {
    /// Any of these, whenever it was: stages may overlap (S3 10), and what is done is done.
    Ever(&'static [Happening]),
    /// Any of these, on the starting day or later.
    Since(&'static [Happening]),
    /// The next of its kind, after the starting day.
    Next(&'static [Happening]),
    /// Any of these about the same thing, on the starting day or later.
    Same(&'static [Happening]),
    /// The next of its kind about the same thing, after the starting day.
    NextSame(&'static [Happening]),
}

/// When the first warning comes.
#[derive(Clone, Copy, Debug)]
pub enum Warn {
    /// So many days before the last one; several make several reminders, the earliest first.
    Before(&'static [u32]),
    /// As soon as the period that is reported is over.
    PeriodOver,
}

/// In which part of the procedure a term runs at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum During {
    /// As long as its events say.
    Always,
    /// While visits are expected and the case is not suspended; only the running one is shown.
    Visits,
    /// While the family is monitored; only the running one is shown.
    Monitoring,
}

/// A further condition on the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// None.
    Always,
    /// This has happened, no matter when.
    IfEver(Happening),
    /// This had happened by the starting day.
    IfBefore(Happening),
}

/// One term. Built by the functions below, as fields of forms are.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code; the code's words are its name.
    pub code: Code,
    /// Whose term it is.
    pub scope: Scope,
    /// What starts it; nothing for terms that come with the calendar.
    pub starts: &'static [Happening],
    /// A condition on the start.
    pub only: Only,
    /// What fulfils it.
    pub fulfil: Fulfil,
    /// What makes it fall away unfulfilled.
    pub lapses: &'static [Happening],
    /// In which part of the procedure it runs.
    pub during: During,
    /// Its length, until the office sets its own.
    pub term: Term,
    /// Where the length comes from.
    pub origin: Origin,
    /// How serious it is.
    pub severity: Severity,
    /// When the warning comes.
    pub warn: Warn,
    /// Who must act.
    pub who: &'static [Role],
    /// Act and article, or the point of the procedure.
    pub source: &'static str,
    /// Its name stays out of calendars and lock screens (7.2 DP12).
    pub discreet: bool,
}

impl Rule {
    const fn new(code: Code, scope: Scope, starts: &'static [Happening], fulfil: Fulfil, term: Term) -> Self {
        Self {
            code,
            scope,
            starts,
            only: Only::Always,
            fulfil,
            lapses: &[Happening::CaseEnded],
            during: During::Always,
            term,
            origin: Origin::Local,
            severity: Severity::Firm,
            warn: Warn::Before(&[]),
            who: &[Role::Assistant],
            source: "",
            discreet: false,
        }
    }

    /// A term of a family's case, firm and local, the assistant's, until said otherwise.
    pub const fn case(code: Code, starts: &'static [Happening], fulfil: Fulfil, term: Term) -> Self {
        Self::new(code, Scope::Case, starts, fulfil, term)
    }

    /// A term that comes with the calendar or from the office's own events.
    pub const fn office(
        code: Code,
        scope: Scope,
        starts: &'static [Happening],
        report: &'static [Happening],
        term: Term,
    ) -> Self {
        Self { lapses: &[], ..Self::new(code, scope, starts, Fulfil::Same(report), term) }
    }

    /// Who must act.
    pub const fn by(mut self, who: &'static [Role]) -> Self {
        self.who = who;
        self
    }

    /// Where the office's own procedure says so.
    pub const fn local(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    /// Where the law says so: the office may only shorten it.
    pub const fn statutory(mut self, source: &'static str) -> Self {
        self.origin = Origin::Statutory;
        self.source = source;
        self
    }

    /// How serious it is.
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// So many days before.
    pub const fn warn(mut self, days: &'static [u32]) -> Self {
        self.warn = Warn::Before(days);
        self
    }

    /// As soon as the period is over.
    pub const fn warn_after_period(mut self) -> Self {
        self.warn = Warn::PeriodOver;
        self
    }

    /// Under a condition.
    pub const fn only(mut self, only: Only) -> Self {
        self.only = only;
        self
    }

    /// Runs in one part of the procedure.
    pub const fn during(mut self, during: During) -> Self {
        self.during = during;
        self
    }

    /// Falls away with any of these.
    pub const fn lapses(mut self, lapses: &'static [Happening]) -> Self {
        self.lapses = lapses;
        self
    }

    /// Is owed even after the case has ended.
    pub const fn outlives_the_case(self) -> Self {
        self.lapses(&[])
    }

    /// Keeps its name out of calendars.
    pub const fn discreet(mut self) -> Self {
        self.discreet = true;
        self
    }
}
