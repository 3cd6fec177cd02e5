//! The document as it would be filled in, drawn as any form is.

use super::editor::Editor;
use crate::{
    domain::{
        form::{Answers, Form},
        ids::Rev,
        office::{Overlay, Place, Published, Texts, lay},
    },
    ui::form::{
        Sheet,
        own::{closing, intro},
        paper::sections,
    },
};
use leptos::prelude::*;
use std::time::Duration;

/// How long after the last change it is drawn anew. What is laid out stays in memory, so not with every key press.
const DRAWN_AFTER: Duration = Duration::from_millis(900);

/// The card beside the editor, folded until somebody looks.
pub fn card(editor: Editor) -> AnyView {
    let open = RwSignal::new(false);
    let drawn = RwSignal::new(None::<Overlay>);
    let pending = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |first: Option<()>| {
        editor.sheet.answers.track();
        if !open.get() {
            return;
        }
        if first.is_some() {
            if let Some(timer) = pending.get_value() {
                timer.clear();
            }
            let draw = move || drop(drawn.try_set(Some(editor.draft())));
            let wait = if drawn.with_untracked(Option::is_none) { Duration::ZERO } else { DRAWN_AFTER };
            pending.set_value(set_timeout_with_handle(draw, wait).ok());
        }
    });
    let word = move || if open.get() { "Schowaj podgląd" } else { "Pokaż podgląd" };
    let shown = move || open.get().then(|| drawn.get().map(|overlay| document(editor, overlay))).flatten();
    view! {
        <section class="card" aria-labelledby="podglad">
            <div class="card-head">
                <h2 id="podglad">"Podgląd"</h2>
                <button class="btn btn-small" type="button" aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)>{word}</button>
            </div>
            {shown}
        </section>
    }
    .into_any()
}

/// Nothing in it can be written: it is only looked at.
fn document(editor: Editor, overlay: Overlay) -> AnyView {
    let form = laid(editor, &overlay);
    let text = |place: Place| overlay.texts.get(&place).cloned();
    let texts = Texts { intro: text(Place::Intro), clause: text(Place::Clause), foot: text(Place::Foot) };
    let sheet = Sheet::new(Answers::default(), |_| Vec::new());
    view! {
        <div class="preview" role="region" aria-label="Podgląd dokumentu" tabindex="0">
            <div class="card-body" inert>
                {intro(&texts)}
                {sections(sheet, form, form.sections)}
                {closing(&texts)}
            </div>
        </div>
    }
    .into_any()
}

fn laid(editor: Editor, overlay: &Overlay) -> &'static Form {
    let declared = editor.subject.declared;
    let draft = Published { version: 0, declaration: declared.version, tag: Rev::NONE, overlay: overlay.clone() };
    lay(editor.subject, declared, &draft)
}
