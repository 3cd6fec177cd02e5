//! The desk of the manager and the social worker. It reads the server and follows what is written
//! there: a visit appears a few seconds after its phone has sent it, without a reload.

mod calendar;
mod comparison;
mod devices;
mod directory;
mod families;
mod family;
mod family_card;
mod family_filter;
mod figures;
mod forms;
mod inbox;
mod intake;
mod keys;
mod live;
mod other;
mod overview;
mod owing;
mod own_work;
mod paper;
mod print_page;
mod settings;
mod staff;
mod unsaved;
mod watch;
mod writing;

pub use calendar::DeskCalendar;
pub use comparison::{DeskComparison, DeskOwnComparison};
pub use devices::{DeskDevicePrint, DeskDevices};
pub use directory::DeskDirectory;
pub use families::DeskFamilies;
pub use family::DeskFamily;
pub use family_card::DeskFamilyCard;
pub use forms::{DeskForm, DeskForms};
pub use inbox::{DeskInboxPage, Inbox, InboxPlace};
pub use intake::DeskIntake;
pub use other::DeskOther;
pub use overview::DeskOverview;
pub use own_work::{DeskNewOwnPaper, DeskOwnPaper, DeskOwnWork};
pub use paper::{DeskNewPaper, DeskPaper};
pub use print_page::{DeskOwnPrint, DeskPrint};
pub use settings::DeskSettings;
pub use staff::DeskStaffPage;
pub use unsaved::Unsaved;
