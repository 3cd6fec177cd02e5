//! The office is copied, and brought back from its copy.

use super::{office::Office, run::Ground};
use crate::{
    domain::ids::Epoch,
    server::db::{DbError, changes, offices},
};

fn text(error: DbError) -> String {
    error.to_string()
}

impl Office {
    /// Copies the database as it stands.
    pub async fn back_up(&self, ground: &Ground) {
        ground.back_up(&self.db()).await;
        let known = self.families.iter().map(|family| (family.assistant.get(), family.case_rev.get())).collect();
        *self.kept.borrow_mut() = Some(known);
        self.tell(|| "the database is copied".into());
    }

    /// Brings the database back from its copy, if there is one.
    pub async fn restore(&self, ground: &Ground) -> Result<bool, String> {
        let Some(known) = self.kept.borrow().clone() else { return Ok(false) };
        let db = ground.restore(&self.db()).await;
        *self.db.borrow_mut() = db;
        for (family, (assistant, rev)) in self.families.iter().zip(known) {
            family.assistant.set(assistant);
            family.case_rev.set(rev);
        }
        self.restores.set(self.restores.get() + 1);
        self.forget_receipts().await?;
        self.tell(|| "the database is brought back from the copy".into());
        Ok(true)
    }

    /// Was it ever brought back?
    pub fn was_restored(&self) -> bool {
        self.restores.get() > 0
    }

    /// Answers to changes that the copy does not know may be given anew; all others stand.
    async fn forget_receipts(&self) -> Result<(), String> {
        let ids: Vec<_> = self.receipts.borrow().keys().copied().collect();
        let mut link = self.db().read().await.map_err(text)?;
        let known = changes::known(&mut link, self.id(), &ids).await.map_err(text)?;
        self.receipts.borrow_mut().retain(|id, _| known.iter().any(|known| known.id == *id));
        Ok(())
    }

    /// Whoever brought it back says so: `asysta restored`.
    pub async fn say_restored(&self) -> Result<(), String> {
        let mut link = self.db().begin().await.map_err(text)?;
        offices::end_all_epochs(&mut link, self.now()).await.map_err(text)?;
        link.commit().await.map_err(text)
    }

    pub async fn epoch(&self) -> Result<Epoch, String> {
        let mut link = self.db().read().await.map_err(text)?;
        offices::standing(&mut link, self.id()).await.map(|(_, epoch)| epoch).map_err(text)
    }
}
