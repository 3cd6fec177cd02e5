//! Small parts that screens are made of. Markup and class names: `style/README.md`.

pub mod attachments;
pub mod badge;
pub mod banner;
pub mod chart;
pub mod dialog;
pub mod empty;
pub mod helpers;
pub mod icon;
pub mod loading;
pub mod page;
pub mod paper_view;
pub mod print_sheet;
pub mod prints;
pub mod secret;
pub mod signed_pages;
pub mod table;
pub mod task_sheet;
pub mod terms;
pub mod timeline;
pub mod toast;

pub use attachments::{Picture, attachments, photos_and_drawings};
pub use badge::{Badge, StageBadge, Tone};
pub use banner::Banner;
pub use dialog::Dialog;
pub use empty::Empty;
pub use helpers::helpers_view;
pub use icon::Icon;
pub use loading::Loading;
pub use page::PageHead;
pub use paper_view::paper_view;
pub use prints::prints_card;
pub use secret::SecretField;
pub use table::{Sort, SortHeader};
pub use terms::{OfFamily, term_row, terms_card};
pub use timeline::{Timeline, TimelineItem};
pub use toast::ToastHost;
