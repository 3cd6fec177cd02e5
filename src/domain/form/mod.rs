//! What a form is: declared once as data, read through typed keys.

pub mod answers;
pub mod coherence;
pub mod field;
pub mod problem;
pub mod rule;

pub use answers::{Answers, Cell, Key, Value};
pub use field::{Choice, Each, Field, Form, Kind, Section, Sensitivity, Source, When};
pub use problem::{Problem, Weight, stops};
pub use rule::{Must, Rule};

/// Declares a closed list of the law or of the office: an enum whose variants carry
/// a stable code and the Polish words, and the same list as data for the screens.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// Every variant, in the order of the paper.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The list as data: codes and words.
            pub const CHOICES: &'static [$crate::domain::form::Choice] =
                &[$($crate::domain::form::Choice { code: $code, label: $label }),+];

            /// The stable code that is stored.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// The Polish words that people read.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(code: &str) -> Result<Self, ()> {
                match code { $($code => Ok($name::$variant),)+ _ => Err(()) }
            }
        }

        impl $crate::domain::form::Cell for $name {
            fn read(value: &$crate::domain::form::Value) -> Option<Self> {
                value.text()?.parse().ok()
            }
            fn write(self) -> $crate::domain::form::Value {
                $crate::domain::form::Value::Text(self.code().to_owned())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                code.parse().map_err(|()| serde::de::Error::custom(concat!("unknown ", stringify!($name))))
            }
        }
    };
}
pub(crate) use choices;
