//! What stands behind the server functions. Each reads as: who, may they, do it, answer.

use super::{
    auth::{Signed, session::Token, sign_in, signed},
    db::{audit, sessions},
    desk,
    exchange::{self, Caller},
    state::State,
};
use crate::{
    api::{
        desk::{DeskFamilies, DeskOverview, FamilyFile},
        error::ApiError,
        session::Me,
    },
    domain::{
        access::{Deed, Object, Tie, may},
        ids::{FileId, RecordId, Rev},
    },
    sync::protocol::{Base64, RequestEnvelope},
};
use axum::http::{HeaderMap, HeaderValue, header::SET_COOKIE, request::Parts};
use chrono::{DateTime, Utc};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

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

    fn token(&self) -> Option<Token> {
        self.state.cookie.read(&self.headers)
    }
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
    let session = call.signed_who_may(Deed::Write, Object::Oneself).await?.session;
    let caller = Caller { actor: session.actor, people_rev: session.people_rev };
    Ok(exchange::exchange(&call.state.db, &caller, request, call.now).await?)
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
pub async fn overview() -> Result<DeskOverview, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::Figures).await?;
    let answer = desk::overview(&call.state, &signed, call.now).await?;
    Ok(Arc::unwrap_or_clone(answer))
}

/// The families that this person may see.
///
/// # Errors
/// [`ApiError::NotFound`] for those who may not see any.
pub async fn families() -> Result<DeskFamilies, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::FamilyFile).await?;
    let answer = desk::families(&call.state, &signed, call.now).await?;
    Ok(Arc::unwrap_or_clone(answer))
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

/// A family's file.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not there, or not for this person.
pub async fn family(code: String) -> Result<FamilyFile, ApiError> {
    let call = Call::here()?;
    let signed = call.signed_who_may(Deed::Read, Object::FamilyFile).await?;
    desk::family(&call.state, &signed, &code, call.now).await
}
