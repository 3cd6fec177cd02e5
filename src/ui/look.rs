//! How the app looks on this device: light or dark, and how large its words are. Nothing personal, so
//! it is kept outside the vault and holds before anybody has come in.

use super::context::{App, app};
use crate::domain::form::choices;
use leptos::prelude::*;

choices! {
    /// Light or dark.
    Theme {
        Auto = "auto", "jak w urządzeniu";
        Light = "light", "jasny";
        Dark = "dark", "ciemny";
    }
}

choices! {
    /// How large the words are.
    TextSize {
        Normal = "normal", "zwykły";
        Large = "large", "większy";
        Largest = "largest", "największy";
    }
}

/// How the app looks here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// How large the words are.
    pub text: TextSize,
}

impl Look {
    /// Reads what [`Look::written`] wrote; whatever else it is means the usual look.
    pub fn read(text: &str) -> Self {
        let (theme, size) = text.split_once(' ').unwrap_or((text, ""));
        Self { theme: theme.parse().unwrap_or(Theme::Auto), text: size.parse().unwrap_or(TextSize::Normal) }
    }

    /// As it is kept: two codes.
    pub fn written(self) -> String {
        [self.theme.code(), self.text.code()].join(" ")
    }
}

/// Chooses the look; it holds at once.
#[component]
pub fn LookChooser() -> impl IntoView {
    let app: App = app();
    let look = RwSignal::new(app.host().look());
    let choose = move |chosen: Look| {
        look.set(chosen);
        app.host().set_look(chosen);
    };
    let themes = Theme::ALL.iter().map(|theme| {
        let pressed = move || (look.get().theme == *theme).to_string();
        let choose = move |_| choose(Look { theme: *theme, ..look.get_untracked() });
        view! { <button type="button" aria-pressed=pressed on:click=choose>{theme.label()}</button> }.into_any()
    });
    let sizes = TextSize::ALL.iter().map(|text| {
        let pressed = move || (look.get().text == *text).to_string();
        let choose = move |_| choose(Look { text: *text, ..look.get_untracked() });
        view! { <button type="button" aria-pressed=pressed on:click=choose>{text.label()}</button> }.into_any()
    });
    view! {
        <fieldset class="field"><legend>"Kolory"</legend><div class="segmented">{themes.collect_view()}</div></fieldset>
        <fieldset class="field"><legend>"Tekst"</legend><div class="segmented">{sizes.collect_view()}</div></fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_and_what_is_strange_is_the_usual_look() {
        for theme in Theme::ALL {
            for text in TextSize::ALL {
                let look = Look { theme: *theme, text: *text };
                assert_eq!(Look::read(&look.written()), look);
            }
        }
        let usual = Look { theme: Theme::Auto, text: TextSize::Normal };
        for strange in ["", "dark", "blue huge", "<script>"] {
            assert_eq!(Look::read(strange).text, usual.text, "{strange}");
        }
        assert_eq!(Look::read("blue huge"), usual);
    }
}
