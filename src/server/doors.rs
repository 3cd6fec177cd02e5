//! What stands behind the server functions. Each reads as: who, may they, do it, answer.

use super::{
    auth::{Signed, session::Token, sign_in, signed},
    calendar,
    db::{audit, sessions},
    desk::{self, Page},
    devices, directory,
    exchange::{self, Caller},
    forms, history, outbox, own_work, settings, staff,
    state::State,
    writing,
};
use crate::{
    api::{
        calendar::{CalendarAddress, CalendarFeed},
        desk::{
            DeskFamilies, DeskInbox, DeskOverview, DeskPerson, DeskReceipt, DeskStaff, FamilyFile, OwnWork, Written,
        },
        devices::{DeviceBoard, LateId},
        directory::Directory,
        error::ApiError,
        forms::OfficeForms,
        history::RecordHistory,
        session::Me,
        settings::{OfficeSettings, Publishing},
    },
    domain::{
        access::{Deed, Object, Tie, may},
        change::Change,
        deadlines::Parameters,
        ids::{DeviceId, FileId, RecordId, Rev, UserId},
        office::{Institution, Letterhead, OfficeBook, Overlay},
    },
    sync::protocol::{Base64, Content, Parcel, ParcelReceipt, RequestEnvelope, Taken},
};
use axum::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING, SET_COOKIE},
    request::Parts,
};
use chrono::{DateTime, Utc};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// What the browser of a wiped device is to throw away.
const EVERYTHING: &str = "\"cache\",\"cookies\",\"storage\"";

/// A request as a door sees it. The clock is read here, once per request.
struct Call {
    state: Arc<State>,
    headers: HeaderMap,
    answer: ResponseOptions,
    now: DateTime<Utc>,
}

impl Call {
    /// The request that is being answered.
    fn here() -> Result<Self, ApiError> {
        let found = (use_context::<Arc<State>>(), use_context::<Parts>(), use_context::<ResponseOptions>());
        let (Some(state), Some(parts), Some(answer)) = found else {
            tracing::error!("a door was opened outside a request");
            return Err(ApiError::Busy);
        };
        let now = state.clock.now();
        Ok(Self { state, headers: parts.headers, answer, now })
    }

    async fn signed(&self) -> Result<Signed, ApiError> {
        signed(&self.state, &self.headers, self.now).await
    }

    /// Who acts, if they may do this to what is theirs; the rows themselves are checked where they are read.
    async fn signed_who_may(&self, deed: Deed, object: Object) -> Result<Signed, ApiError> {
        let signed = self.signed().await?;
        let allowed = may(signed.session.actor.role, deed, object, Tie::Own);
        if allowed { Ok(signed) } else { Err(ApiError::NotFound) }
    }

    fn set_cookie(&self, header: Option<HeaderValue>) -> Result<(), ApiError> {
        self.answer.insert_header(SET_COOKIE, header.ok_or(ApiError::Busy)?);
        Ok(())
    }

    /// Gives a page as it was written, packed when the browser takes it so.
    fn give<T>(&self, page: &Page) -> Written<T> {
        if !takes_gzip(&self.headers) {
            return Written::ready(page.json.clone());
        }
        self.answer.insert_header(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        Written::ready(page.gzip.clone())
    }

    fn token(&self) -> Option<Token> {
        self.state.cookie.read(&self.headers)
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let words = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    words.flat_map(|value| value.split(',')).any(|word| {
        let (name, weight) = word.split_once(';').unwrap_or((word, ""));
        name.trim() == "gzip" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn me_of(signed: Signed) -> Me {
    let session = signed.session;
    Me {
        user: session.actor.user,
        name: session.name,
        role: session.actor.role,
        office: session.actor.office,
        office_name: session.office_name,
        demo: session.demo,
    }
}

/// Signs in: a new session, also when an older one is still there.
///
/// # Errors
/// See [`sign_in::sign_in`].
pub async fn sign_in(login: String, password: String) -> Result<Me, ApiError> {
    let call = Call::here()?;
    let Call { state, now, .. } = &call;
    let token = sign_in::sign_in(state, (login, password), call.token(), *now).await?;
    let session = sessions::find(&mut state.db.read().await?, &token.hash()).await?.ok_or(ApiError::Busy)?;
    call.set_cookie(state.cookie.give(&token, state.terms))?;
    Ok(me_of(Signed { session, token: token.hash() }))
}

/// Signs out: the session ends at once, also that of an account that may not be used any more.
///
/// # Errors
/// [`ApiError::SignedOut`] when there is none.
pub async fn sign_out() -> Result<(), ApiError> {
    let call = Call::here()?;
    call.set_cookie(call.state.cookie.take())?;
    let token = call.token().ok_or(ApiError::SignedOut)?.hash();
    let mut link = call.state.db.begin().await?;
    let session = sessions::find(&mut link, &token).await?.ok_or(ApiError::SignedOut)?;
    sessions::end(&mut link, &token).await?;
    audit::add(&mut link, &session.actor, call.now, &[audit::Line::of_oneself("sign_out")]).await?;
    link.commit().await?;
    Ok(())
}

/// Who is signed in.
///
/// # Errors
/// [`ApiError::SignedOut`] when nobody is.
pub async fn me() -> Result<Option<Me>, ApiError> {
    match Call::here()?.signed_who_may(Deed::Read, Object::Oneself).await {
        Ok(signed) => Ok(Some(me_of(signed))),
        Err(ApiError::SignedOut) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes a device's changes and gives what is new to it.
///
/// # Errors
/// [`ApiError`]; then nothing of the request was decided.
pub async fn exchange(request: RequestEnvelope) -> Result<exchange::Answer, ApiError> {
    let call = Call::here()?;
    let Signed { session, token } = call.signed_who_may(Deed::Write, Object::Oneself).await?;
    if session.device != Some(request.device) {
        let mut link = call.state.db.begin().await?;
        sessions::bind(&mut link, &token, request.device).await?;
        link.commit().await?;
    }
    let caller = Caller { actor: session.actor, people_rev: session.people_rev };
    Ok(call.state.exchanges.exchange(&call.state.db, (caller, session.rev), request, call.now).await?)
}

/// Takes changes that a device sealed to the office. There is no session: their signatures say whose they are.
///
/// # Errors
/// [`ApiError`]; then nothing was taken. Also [`ApiError::SignedOut`] as the last word to a device that wiped itself.
pub async fn sealed(parcel: Parcel) -> Result<ParcelReceipt, ApiError> {
    let call = Call::here()?;
    match outbox::take(&call.state, parcel, call.now).await? {
        outbox::Answer::Receipt(receipt) => Ok(receipt),
        outbox::Answer::Farewell => {
            call.answer.insert_header(CLEAR_SITE_DATA, HeaderValue::from_static(EVERYTHING));
            Err(ApiError::SignedOut)
        }
    }
}

/// The devices that this person may see: their own, or the office's.
///
/// # Errors
/// [`ApiError`].
pub async fn devices() -> Result<DeviceBoard, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Oneself).await?;
    devices::board(&call.state, &signed, call.now).await
}

/// Cuts a device off.
///
/// # Errors
/// [`ApiError::NotFound`] when there is none, or it is not for this person to do.
pub async fn revoke_device(user: UserId, device: DeviceId, reason: String) -> Result<(), ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Oneself).await?;
    devices::revoke(&call.state, &signed, (user, device), &reason, call.now).await
}

/// Accepts late changes, or rejects them with a reason. Says how many were decided.
///
/// # Errors
/// [`ApiError::NotFound`] for those who do not decide about them.
pub async fn judge_late(late: Vec<LateId>, rejected: Option<String>) -> Result<u32, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Decide, Object::Accounts).await?;
    devices::judge(&call.state, &signed, &late, rejected.as_deref(), call.now).await
}

/// The office's revision.
///
/// # Errors
/// [`ApiError::SignedOut`] when nobody is signed in.
pub async fn pulse() -> Result<Rev, ApiError> {
    Ok(Call::here()?.signed_who_may(Deed::Read, Object::Oneself).await?.session.rev)
}

/// Today's figures.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not see any.
pub async fn overview() -> Result<Written<DeskOverview>, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Figures).await?;
    let page = desk::overview(&call.state, &signed, call.now).await?;
    Ok(call.give(&page))
}

/// The families that this person may see.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not see any.
pub async fn families() -> Result<Written<DeskFamilies>, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::FamilyFile).await?;
    let page = desk::families(&call.state, &signed, call.now).await?;
    Ok(call.give(&page))
}

/// Writes what a person at the desk has done. What they may write, each change is judged by.
///
/// # Errors
/// [`ApiError`]; then nothing was decided.
pub async fn write(device: DeviceId, changes: Vec<Change>) -> Result<DeskReceipt, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Oneself).await?;
    writing::write(&call.state, &signed, (device, changes), call.now).await
}

/// What waits for this person at the desk.
///
/// # Errors
/// [`ApiError::NotFound`] for those who have nothing to do with papers.
pub async fn inbox() -> Result<DeskInbox, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Paper).await?;
    writing::inbox(&call.state, &signed, call.now).await
}

/// The people of the office who work with families.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not read about families.
pub async fn colleagues() -> Result<Vec<DeskPerson>, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::FamilyFile).await?;
    writing::colleagues(&call.state, &signed).await
}

/// The assistants, with their load and how their reports stand.
///
/// # Errors
/// [`ApiError::NotFound`] for those who do not decide about such reports.
pub async fn staff() -> Result<DeskStaff, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Paper).await?;
    staff::read(&call.state, &signed, call.now).await
}

/// Does this person have the address of a calendar feed?
///
/// # Errors
/// [`ApiError::NotFound`] for those who see no families.
pub async fn calendar() -> Result<CalendarFeed, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Oneself).await?;
    calendar::standing(&call.state, &signed).await
}

/// Makes a new address of the feed.
///
/// # Errors
/// [`ApiError::NotFound`] for those who see no families.
pub async fn calendar_new() -> Result<CalendarAddress, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Oneself).await?;
    calendar::renew(&call.state, &signed, call.now).await
}

/// Takes the address of the feed away.
///
/// # Errors
/// [`ApiError::NotFound`] for those who see no families.
pub async fn calendar_off() -> Result<(), ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Oneself).await?;
    calendar::withdraw(&call.state, &signed, call.now).await
}

/// A file of a record.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not there, or not for this person.
pub async fn file(record: RecordId, file: FileId) -> Result<Base64, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::FamilyFile).await?;
    desk::file(&call.state, &signed, (record, file), call.now).await
}

/// Keeps a file that its record describes; who may do so is asked there.
///
/// # Errors
/// [`ApiError`].
pub async fn keep_file(record: RecordId, file: FileId, bytes: Base64) -> Result<Taken, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Oneself).await?;
    desk::keep_file(&call.state, &signed, Content { record, file, bytes }, call.now).await
}

/// A family's file.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not there, or not for this person.
pub async fn family(code: String) -> Result<FamilyFile, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::FamilyFile).await?;
    desk::family(&call.state, &signed, &code, call.now).await
}

/// The papers about somebody's own work.
///
/// # Errors
/// [`ApiError::NotFound`] when there are none, or not for this person.
pub async fn own_work(person: UserId) -> Result<OwnWork, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Paper).await?;
    own_work::read(&call.state, &signed, person, call.now).await
}

/// The versions of a paper, an entry or a task.
///
/// # Errors
/// [`ApiError::NotFound`] when there is no such record, or not for this person.
pub async fn history(record: RecordId) -> Result<RecordHistory, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Paper).await?;
    history::read(&call.state, &signed, record, call.now).await
}

/// What the office has set, for its manager.
///
/// # Errors
/// [`ApiError::NotFound`] for everybody else.
pub async fn office_settings() -> Result<OfficeSettings, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Settings).await?;
    settings::read(&call.state.db, &signed.session.actor).await
}

/// Publishes new settings of the office.
///
/// # Errors
/// [`ApiError::NotFound`] for everybody but its manager.
pub async fn publish_book(expected: Rev, said: (Parameters, Letterhead)) -> Result<Publishing, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Settings).await?;
    settings::publish(&call.state.db, &signed.session.actor, expected, said, call.now).await
}

/// What the office has set, for those who read families' files.
///
/// # Errors
/// [`ApiError::NotFound`] for everybody else.
pub async fn book() -> Result<OfficeBook, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::FamilyFile).await?;
    forms::book(&call.state.db, &signed.session.actor).await
}

/// What the office has laid over its forms, for its manager.
///
/// # Errors
/// [`ApiError::NotFound`] for everybody else.
pub async fn office_forms() -> Result<OfficeForms, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Settings).await?;
    forms::read(&call.state.db, &signed.session.actor).await
}

/// Publishes the next version of a form.
///
/// # Errors
/// [`ApiError::NotFound`] for everybody but the manager of the office.
pub async fn publish_form(form: String, expected: u16, draft: Overlay) -> Result<Publishing, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Settings).await?;
    forms::publish(&call.state.db, &signed.session.actor, (&form, expected), &draft, call.now).await
}

/// The office's list of institutions.
///
/// # Errors
/// [`ApiError::NotFound`] for those who do not work with families at the desk.
pub async fn directory() -> Result<Directory, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Directory).await?;
    directory::read(&call.state.db, &signed.session.actor).await
}

/// Publishes a new list of institutions.
///
/// # Errors
/// [`ApiError::NotFound`] for those who do not work with families at the desk.
pub async fn publish_directory(expected: Rev, list: Vec<Institution>) -> Result<Publishing, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Write, Object::Directory).await?;
    directory::publish(&call.state.db, &signed.session.actor, expected, &list, call.now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_whether_it_takes_gzip() {
        let takes = |value: &'static str| {
            takes_gzip(&[(ACCEPT_ENCODING, HeaderValue::from_static(value))].into_iter().collect())
        };
        assert!(takes("gzip") && takes("br, gzip;q=0.8") && takes("deflate,gzip"));
        assert!(!takes("br") && !takes("gzip;q=0") && !takes_gzip(&HeaderMap::new()));
    }
}
