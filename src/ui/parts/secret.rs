//! A field for a secret.

use super::Icon;
use crate::ui::form::privacy::secret;
use leptos::prelude::*;

/// A secret with "Pokaż".
#[component]
pub fn SecretField(
    /// Id of the input.
    id: &'static str,
    /// Label.
    label: &'static str,
    /// What a password manager should offer.
    autocomplete: &'static str,
    /// Which keyboard phones show.
    #[prop(default = "text")]
    mode: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong, if anything.
    error: RwSignal<Option<String>>,
) -> AnyView {
    let shown = RwSignal::new(false);
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="field-unit">
                <input id=id name=id type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete inputmode=mode
                    prop:value=move || value.get()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                    on:input=move |event| value.set(event_target_value(&event))
                    {..secret()}/>
                <button class="btn btn-quiet" type="button" aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    "Pokaż"
                </button>
            </div>
            <div role="alert">
                {move || error.get().map(|text| view! {
                    <p class="field-error" id=error_id.clone()><Icon name="warning"/> <span>{text}</span></p>
                })}
            </div>
        </div>
    }
    .into_any()
}
