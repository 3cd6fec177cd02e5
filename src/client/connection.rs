//! One connection to a database of the browser, and its transactions.

use super::{browser::method, database::DbError};
use js_sys::{Array, Object, Promise, Reflect};
use leptos::prelude::window;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// Version of the shape of our databases: which object stores they have.
const SHAPE: u32 = 3;

/// An open connection. Closed when it is dropped.
pub struct Connection {
    database: IdbDatabase,
    stores: Array,
    alive: Rc<Cell<bool>>,
    /// What the browser calls when it closes the connection, or asks us to.
    _on_gone: Closure<dyn Fn()>,
}

/// Opens a database; makes it, with these stores, where it is missing.
pub async fn open(name: &str, stores: &[&'static str]) -> Result<Connection, DbError> {
    // Private windows of some browsers have no IndexedDB at all.
    let factory = window().indexed_db()?.ok_or_else(|| DbError::Browser("IndexedDB".into()))?;
    let opening = factory.open_with_u32(name, SHAPE)?;
    let make_stores = on_upgrade(&opening, stores);
    let opened = answer(&opening).await;
    opening.set_onupgradeneeded(None);
    drop(make_stores);
    Ok(Connection::new(opened?.unchecked_into(), stores))
}

/// Removes a database with all that is in it. Other tabs let their connections go when they are asked to.
pub async fn remove(name: &str) -> Result<(), DbError> {
    let factory = window().indexed_db()?.ok_or_else(|| DbError::Browser("IndexedDB".into()))?;
    let removing = factory.delete_database(name)?;
    answer(&removing).await?;
    Ok(())
}

fn on_upgrade(opening: &IdbOpenDbRequest, stores: &[&'static str]) -> Closure<dyn FnMut()> {
    let (request, stores) = (opening.clone(), stores.to_vec());
    let make = Closure::new(move || {
        let Ok(result) = request.result() else { return };
        let database: IdbDatabase = result.unchecked_into();
        let standing = database.object_store_names();
        for store in stores.iter().filter(|store| !standing.contains(store)) {
            // A failure here aborts the upgrade, and the opening reports it.
            let _: Result<_, JsValue> = database.create_object_store(store);
        }
    });
    opening.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    make
}

impl Connection {
    fn new(database: IdbDatabase, stores: &[&'static str]) -> Self {
        let alive = Rc::new(Cell::new(true));
        let on_gone = {
            let (alive, database) = (alive.clone(), database.clone());
            Closure::<dyn Fn()>::new(move || {
                alive.set(false);
                // A newer version in another tab, or the wiping of our data, must not wait for us.
                database.close();
            })
        };
        database.set_onclose(Some(on_gone.as_ref().unchecked_ref()));
        database.set_onversionchange(Some(on_gone.as_ref().unchecked_ref()));
        let stores = stores.iter().map(|store| JsValue::from(*store)).collect();
        Self { database, stores, alive, _on_gone: on_gone }
    }

    /// Has the browser not closed it?
    pub fn is_alive(&self) -> bool {
        self.alive.get()
    }

    /// Begins to look.
    pub fn read(&self) -> Result<IdbTransaction, DbError> {
        Ok(self.database.transaction_with_str_sequence(&self.stores)?)
    }

    /// Begins to write, with strict durability: `complete` comes when the disk has it, not when the
    /// operating system has promised to think of it. `web_sys` does not know these options yet.
    pub fn write(&self) -> Result<IdbTransaction, DbError> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin = method(&self.database, "transaction").ok_or_else(|| DbError::Browser("IndexedDB".into()))?;
        Ok(begin.call3(&self.database, &self.stores, &"readwrite".into(), &options)?.unchecked_into())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onclose(None);
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

/// The answer to a request.
pub async fn answer(request: &IdbRequest) -> Result<JsValue, DbError> {
    let answered = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(answered).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(request
            .error()?
            .map_or_else(|| DbError::Lost("no error given".into()), |error| DbError::from(JsValue::from(error)))),
    }
}

/// Resolves when the transaction is kept, rejects when it is undone.
pub fn completion(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        // An error that nobody stops ends in an abort, so one handler is enough.
        transaction.set_onabort(Some(&reject));
    })
}

/// Why a transaction was undone.
pub fn failure(transaction: &IdbTransaction) -> DbError {
    match transaction.error() {
        Some(error) => DbError::from(JsValue::from(error)),
        None => DbError::Lost("undone without a reason".into()),
    }
}
