//! Words in a form that are nowhere else yet: an ended session must not take the page away from under them.

use crate::ui::context::{App, Phase};
use leptos::prelude::*;
use std::rc::Rc;

/// The form in which somebody writes; one is open at a time.
#[derive(Clone, Copy)]
pub struct Unsaved(StoredValue<Option<Rc<dyn Fn() -> bool>>, LocalStorage>);

impl Unsaved {
    /// Looks after the forms of the pages below.
    pub fn provide() {
        provide_context(Self(StoredValue::new_local(None)));
    }

    /// What is around this page, when it is a page of the desk.
    pub fn around() -> Option<Self> {
        use_context::<Self>()
    }

    /// A form is open until its page is left; `has_words` says whether it holds what is nowhere else.
    pub fn in_form(has_words: impl Fn() -> bool + 'static) {
        let Some(unsaved) = Self::around() else { return };
        unsaved.0.set_value(Some(Rc::new(has_words)));
        on_cleanup(move || {
            unsaved.0.try_set_value(None);
        });
    }

    fn has_words(self) -> bool {
        self.0.try_get_value().flatten().is_some_and(|has_words| has_words())
    }
}

/// The session has ended. Without words to lose the sign-in page comes at once; else it is asked for beside them.
pub fn session_ended(app: App, unsaved: Option<Unsaved>) {
    if !unsaved.is_some_and(Unsaved::has_words) {
        return app.phase.set(Phase::SignIn);
    }
    if !app.needs_sign_in.get_untracked() {
        app.needs_sign_in.set(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_holds_the_page_while_it_is_open_and_has_words() {
        let page = Owner::new();
        page.with(|| {
            Unsaved::provide();
            let unsaved = Unsaved::around().unwrap();
            assert!(!unsaved.has_words(), "nobody writes");
            let words = RwSignal::new(false);
            let form = Owner::new();
            form.with(|| Unsaved::in_form(move || words.get_untracked()));
            assert!(!unsaved.has_words(), "all of it is kept");
            words.set(true);
            assert!(unsaved.has_words());
            form.cleanup();
            assert!(!unsaved.has_words(), "the form was left");
        });
    }
}
