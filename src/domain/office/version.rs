//! The version of a form as one number: which declaration, and which published version lies over it.

/// Bits of the number that say the declaration.
const DECLARATION: u16 = 5;

/// The version of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormVersion {
    /// What the office laid over it; 0 is nothing. At most [`FormVersion::MOST_OVERLAYS`].
    pub overlay: u16,
    /// The declaration in the program, from 1 on. At most [`FormVersion::MOST_DECLARATIONS`].
    pub declaration: u16,
}

impl FormVersion {
    /// The last version that can be published.
    pub const MOST_OVERLAYS: u16 = u16::MAX >> DECLARATION;
    /// The last version that a declaration can have.
    pub const MOST_DECLARATIONS: u16 = (1 << DECLARATION) - 1;

    /// As records and changes carry it.
    pub const fn packed(self) -> u16 {
        (self.overlay << DECLARATION) | (self.declaration & Self::MOST_DECLARATIONS)
    }

    /// From a record or a change.
    pub const fn read(packed: u16) -> Self {
        Self { overlay: packed >> DECLARATION, declaration: packed & Self::MOST_DECLARATIONS }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_one_version_and_old_records_have_nothing_laid_over() {
        assert_eq!(FormVersion::read(1), FormVersion { overlay: 0, declaration: 1 });
        for packed in 0..=u16::MAX {
            assert_eq!(FormVersion::read(packed).packed(), packed);
        }
        assert_eq!(FormVersion { overlay: FormVersion::MOST_OVERLAYS, declaration: 31 }.packed(), u16::MAX);
    }
}
