//! Signals of the work card that become work: a change in the family that the social worker must hear of (D10),
//! and an urgent risk that somebody in the office must know of (spec/domain.md 3.8).

pub mod alarm;
pub mod decisions;
pub mod notice;
