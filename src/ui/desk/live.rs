//! A live read: loads through a door, and again as soon as the office's revision changes, while
//! the old data stay in view.

use super::{
    unsaved::{Unsaved, session_ended},
    watch::Watch,
};
use crate::{
    api::{desk::read_pulse, error::ApiError},
    domain::{calendar, ids::Rev, words},
    sync::ports::Local,
    ui::{
        context::{App, app},
        parts::{Banner, Empty, Loading, Tone},
    },
};
use leptos::{prelude::*, task::spawn_local};
use std::{sync::Arc, time::Duration};

/// How often the desk asks whether anything was written.
const BEAT: Duration = Duration::from_secs(2);

/// A load under way.
pub type Load<T> = Local<'static, Result<T, ApiError>>;

/// Data of the server that follow it.
pub struct Live<T: 'static> {
    app: App,
    data: RwSignal<Option<Arc<T>>>,
    problem: RwSignal<Option<ApiError>>,
    read_at: RwSignal<Option<String>>,
    watch: StoredValue<Watch>,
    load: StoredValue<Box<dyn Fn() -> Load<T>>, LocalStorage>,
    rev: fn(&T) -> Rev,
    unsaved: Option<Unsaved>,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Live<T> {}

impl<T: Send + Sync + 'static> Live<T> {
    /// Loads at once, on every new day, and whenever the office's revision is no longer `rev`.
    /// Ends with the page that began it.
    pub fn new(rev: fn(&T) -> Rev, load: impl Fn() -> Load<T> + 'static) -> Self {
        let live = Self::at_rest(rev, load);
        Effect::new(move |_| {
            live.app.today.track();
            live.reload();
        });
        // Only a window without timers refuses one; then the page still reloads by hand.
        if let Ok(timer) = set_interval_with_handle(move || live.beat(), BEAT) {
            on_cleanup(move || timer.clear());
        }
        live
    }

    /// Loads once: nothing that others write moves what a person is filling in.
    pub fn once(rev: fn(&T) -> Rev, load: impl Fn() -> Load<T> + 'static) -> Self {
        let live = Self::at_rest(rev, load);
        live.reload();
        live
    }

    fn at_rest(rev: fn(&T) -> Rev, load: impl Fn() -> Load<T> + 'static) -> Self {
        Self {
            app: app(),
            data: RwSignal::new(None),
            problem: RwSignal::new(None),
            read_at: RwSignal::new(None),
            watch: StoredValue::new(Watch::default()),
            load: StoredValue::new_local(Box::new(load)),
            rev,
            unsaved: Unsaved::around(),
        }
    }

    /// The data as they were last read. Tracks them.
    pub fn get(self) -> Option<Arc<T>> {
        self.data.get()
    }

    /// One fact of the data, empty until they are there.
    pub fn fact(self, read: impl Fn(&T) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || self.data.with(|data| data.as_ref().map(|data| read(data)).unwrap_or_default()))
    }

    /// "odczytano o 14:32", or what comes before it.
    pub fn freshness(self) -> Signal<String> {
        Signal::derive(move || match self.read_at.get() {
            Some(time) => ["Odczytano o ", &time].concat(),
            None => "Odczyt z serwera".to_owned(),
        })
    }

    /// The page while it loads, when it cannot be loaded, and with its data.
    ///
    /// `page` is called when the data are there, not at each new reading: it shows them by
    /// [`Live::with`] and memos, so that focus, open details and typed words stay.
    pub fn view(self, waiting: &'static str, page: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
        let there = Memo::new(move |_| self.data.with(Option::is_some));
        let body = move || if there.get() { page() } else { self.instead(waiting) };
        view! { {move || self.notice()} {body} }.into_any()
    }

    /// Shows the data, and again at each new reading, in the same nodes. A closure that is a node
    /// in `show` would be mounted anew each time: such parts belong beside it.
    pub fn with(self, show: impl Fn(&T) -> AnyView + Send + Sync + 'static) -> AnyView {
        view! { {move || self.data.get().map(|data| show(&data))} }.into_any()
    }

    /// Reads anew.
    pub fn reload(self) {
        let Some(turn) = self.watch.try_update_value(Watch::begin) else { return };
        let Some(load) = self.load.try_with_value(|load| load()) else { return };
        spawn_local(async move { self.take(turn, load.await) });
    }

    fn take(self, turn: u64, answer: Result<T, ApiError>) {
        if !self.watch.try_update_value(|watch| watch.ends(turn)).unwrap_or(false) {
            return; // The page was left, or asked again meanwhile.
        }
        match answer {
            Ok(data) => {
                self.watch.update_value(|watch| watch.read((self.rev)(&data)));
                self.problem.set(None);
                self.read_at.set(Some(self.clock()));
                self.data.set(Some(Arc::new(data)));
            }
            Err(error) => self.fail(error),
        }
    }

    /// Asks the office for its revision, unless the page is out of sight or the network is away.
    fn beat(self) {
        let idle = document().hidden() || !self.app.online.get_untracked();
        let may = self.watch.try_update_value(|watch| !idle && watch.may_ask()).unwrap_or(false);
        if !may {
            return;
        }
        spawn_local(async move {
            match (read_pulse().await, self.watch.try_get_value()) {
                (_, None) => {} // The page was left meanwhile.
                (Ok(rev), Some(_)) => self.heard(rev),
                (Err(error), Some(_)) => self.fail(error),
            }
        });
    }

    fn heard(self, rev: Rev) {
        if self.watch.try_update_value(|watch| watch.heard(rev)).unwrap_or(false) {
            return self.reload();
        }
        if self.problem.with_untracked(Option::is_some) {
            self.problem.set(None);
        }
        self.read_at.set(Some(self.clock()));
    }

    fn fail(self, error: ApiError) {
        self.watch.update_value(Watch::failed);
        match error {
            ApiError::SignedOut => return session_ended(self.app, self.unsaved),
            // What may no longer be seen is not kept in view.
            ApiError::NotFound | ApiError::AccountInactive => self.data.set(None),
            _ => {}
        }
        self.problem.set(Some(error));
    }

    fn clock(self) -> String {
        words::time(calendar::warsaw_time(self.app.host().now()).time())
    }

    /// Above data that could not be refreshed.
    fn notice(self) -> Option<AnyView> {
        let lost = self.problem.get().map(|error| error.to_string());
        let lost = lost.or_else(|| (!self.app.online.get()).then(|| ApiError::Offline.to_string()))?;
        self.data.with(Option::is_some).then(|| {
            let time = self.read_at.get_untracked().unwrap_or_default();
            let lead = ["Dane z godziny ", &time, "."].concat();
            view! { <Banner tone=Tone::Warn lead=lead text=lost>{self.again()}</Banner> }.into_any()
        })
    }

    /// In the place of data that are not there.
    fn instead(self, waiting: &'static str) -> AnyView {
        let Some(error) = self.problem.get() else { return view! { <Loading text=waiting/> }.into_any() };
        let (icon, title) = match error {
            ApiError::NotFound => ("search", "Nie znaleziono"),
            ApiError::Offline => ("offline", "Brak sieci"),
            _ => ("warning", "Nie udało się odczytać danych"),
        };
        view! { <Empty icon title text=error.to_string()>{self.again()}</Empty> }.into_any()
    }

    fn again(self) -> AnyView {
        view! { <button class="btn" type="button" on:click=move |_| self.reload()>"Spróbuj ponownie"</button> }
            .into_any()
    }
}
