//! The pages that are fetched after the first ones: forms, single entries, tasks, sending.

use super::{
    card::FamilyCardPage,
    comparison::ComparisonPage,
    device::DevicePage,
    entry::EntryPage,
    month::{MonthPage, MonthPaperPage, WriteMonthPaperPage},
    paper::{NewPaperPage, PaperPage, PapersPage},
    print_page::{PrintMonthPage, PrintPage},
    sync_page::SyncPage,
    task::{TaskPage, TasksPage},
    visit::{CorrectVisitPage, NewVisitPage, PickFamilyPage},
};
use leptos::prelude::*;

/// Which page; what it shows stands in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhonePage {
    /// Choosing the family of a new entry.
    PickFamily,
    /// A new entry of the work card.
    NewVisit,
    /// An entry of one's own, being corrected.
    CorrectVisit,
    /// An entry, read.
    Entry,
    /// The tasks of a family.
    Tasks,
    /// One task.
    Task,
    /// The card of a family, being corrected.
    FamilyCard,
    /// The papers of a family.
    Papers,
    /// A paper that begins.
    NewPaper,
    /// One paper.
    Paper,
    /// Two versions of a paper or an entry.
    Comparison,
    /// The person's own month.
    Month,
    /// A paper about it, read.
    MonthPaper,
    /// A paper about it, being written.
    WriteMonthPaper,
    /// A print of a family's file.
    Print,
    /// A print of a paper about the person's own work.
    PrintMonth,
    /// How sending stands.
    Sync,
    /// What opens this device.
    Device,
}

impl PhonePage {
    /// The page itself.
    pub fn draw(self) -> AnyView {
        match self {
            PhonePage::PickFamily => view! { <PickFamilyPage/> }.into_any(),
            PhonePage::NewVisit => view! { <NewVisitPage/> }.into_any(),
            PhonePage::CorrectVisit => view! { <CorrectVisitPage/> }.into_any(),
            PhonePage::Entry => view! { <EntryPage/> }.into_any(),
            PhonePage::Tasks => view! { <TasksPage/> }.into_any(),
            PhonePage::Task => view! { <TaskPage/> }.into_any(),
            PhonePage::FamilyCard => view! { <FamilyCardPage/> }.into_any(),
            PhonePage::Papers => view! { <PapersPage/> }.into_any(),
            PhonePage::NewPaper => view! { <NewPaperPage/> }.into_any(),
            PhonePage::Paper => view! { <PaperPage/> }.into_any(),
            PhonePage::Comparison => view! { <ComparisonPage/> }.into_any(),
            PhonePage::Month => view! { <MonthPage/> }.into_any(),
            PhonePage::MonthPaper => view! { <MonthPaperPage/> }.into_any(),
            PhonePage::WriteMonthPaper => view! { <WriteMonthPaperPage/> }.into_any(),
            PhonePage::Print => view! { <PrintPage/> }.into_any(),
            PhonePage::PrintMonth => view! { <PrintMonthPage/> }.into_any(),
            PhonePage::Sync => view! { <SyncPage/> }.into_any(),
            PhonePage::Device => view! { <DevicePage/> }.into_any(),
        }
    }
}
