//! How changes travel. Pure: clock, randomness, store and transport come in as traits.
//!
//! * [`protocol`]: what phone and office say to each other, and how it is packed.
//! * [`ports`]: what the core asks of its surroundings.
//! * [`replica`]: what one person holds on one device, and the durable writes of each step.
//! * [`engine`]: one person's device at work: acting, and rounds of sending and fetching.
//! * [`memory`]: a store in memory, for tests.
//! * [`seal`], [`wraps`] and [`passphrase`]: how things lie sealed on the device, and what opens them.
//! * [`packs`]: many records under one seal.
//! * [`packet`]: how an unsent change lies sealed to the office.
//! * [`watch`]: when an open device locks by itself, and the PIN of its screen.

pub mod engine;
pub mod memory;
pub mod packet;
pub mod packs;
pub mod passphrase;
pub mod ports;
pub mod protocol;
pub mod replica;
pub mod seal;
pub mod watch;
pub mod wraps;
