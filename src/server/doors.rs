//! What stands behind the doors.
use crate::{
    api::{desk::*, error::ApiError, session::Me},
    domain::ids::Rev,
    sync::protocol::{RequestEnvelope, Response},
};
use serde_json::value::RawValue;
/// x
pub async fn sign_in(_login: String, _password: String) -> Result<Me, ApiError> {
    Err(ApiError::Busy)
}
/// x
pub async fn sign_out() -> Result<(), ApiError> {
    Err(ApiError::Busy)
}
/// x
pub async fn me() -> Result<Me, ApiError> {
    Err(ApiError::Busy)
}
/// x
pub async fn exchange(_r: RequestEnvelope) -> Result<Response<Box<RawValue>>, ApiError> {
    Err(ApiError::Busy)
}
/// x
pub async fn pulse() -> Result<Rev, ApiError> {
    Err(ApiError::Busy)
}
/// x
pub async fn overview() -> Result<DeskOverview, ApiError> {
    Err(ApiError::Busy)
}
/// x
pub async fn families() -> Result<DeskFamilies, ApiError> {
    Err(ApiError::Busy)
}
/// x
pub async fn family(_code: String) -> Result<FamilyFile, ApiError> {
    Err(ApiError::Busy)
}
