//! Making and changing the wraps of a vault. Each change proves first who asks, makes the new wrap,
//! sees that it opens, and only then puts the new file in the place of the old one, in one durable
//! step: at every moment there is a file whose wraps open. Data are never touched.

use super::*;
use wasm_bindgen::JsValue;

/// Who asks for a change of the wraps.
pub enum Proof<'a> {
    /// The even passphrase that holds now.
    Passphrase(&'a str),
    /// The passkey.
    Passkey,
}

/// What a person may open a new vault with besides the passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Besides {
    /// Nothing else.
    Nothing,
    /// A passkey.
    Passkey,
}

/// A vault that was made now.
pub struct Created {
    /// The vault.
    pub vault: Vault,
    /// Open.
    pub opened: Opened,
    /// What became of the wish for a passkey.
    pub passkey: Result<(), VaultError>,
}

impl Vault {
    /// Makes a person's vault. An existing one is never overwritten: unsent work may lie in it. Only
    /// where the wraps have been destroyed, the new vault takes the place of the noise.
    pub async fn create(name: &str, me: &Me, passphrase: &str, besides: Besides) -> Result<Created, VaultError> {
        painted().await;
        let loose = LooseKey::generate().await?;
        let (file, key) = new_file(&loose, passphrase).await?;
        let database = Rc::new(Database::new(name));
        let mut steps = match Vault::find(name).await? {
            Some(closed) if closed.is_closed() => noise(&closed.database).await?,
            _ => Vec::new(),
        };
        let text = text_of(&file)?;
        steps.push(match steps.is_empty() {
            true => Step::Add(META, FILE.into(), text),
            false => Step::Put(META, FILE.into(), text),
        });
        steps.push(sealed_me(&key, me).await?);
        database.write(&steps, None).await?;
        let vault = Self { database, file: RefCell::new(file) };
        let passkey = match besides {
            Besides::Nothing => Ok(()),
            Besides::Passkey => vault.make_passkey(&loose).await,
        };
        Ok(Created { vault, opened: Opened { key, me: me.clone(), pin: None }, passkey })
    }

    /// Makes a passkey, or another one in the place of the one that was there.
    pub async fn add_passkey(&self, passphrase: &str) -> Result<(), VaultError> {
        let loose = self.loosen(Proof::Passphrase(passphrase)).await?;
        self.make_passkey(&loose).await
    }

    /// The vault opens by the passphrase alone from now on.
    pub async fn remove_passkey(&self) -> Result<(), VaultError> {
        let file = self.file.borrow().without_passkey();
        self.keep_file(file).await
    }

    /// Writes the passphrase's wrap anew, and nothing else.
    pub async fn change_passphrase(&self, proof: Proof<'_>, new: &str) -> Result<(), VaultError> {
        let loose = self.loosen(proof).await?;
        painted().await;
        let file = self.file.borrow().clone();
        let (wrapping, opener) = wrapping_of(new).await?;
        self.keep_file(file.with(wrap(&file, &wrapping, opener, &loose).await?)).await
    }

    async fn make_passkey(&self, loose: &LooseKey) -> Result<(), VaultError> {
        let made = passkey::make(self.installation()).await?;
        let file = self.file.borrow().clone();
        let wrapping = WrappingKey::of_secret(&made.secret, &file.salt, &file.passkey_info()).await?;
        let opener = Opener::Passkey { credential: made.credential, input: made.input };
        self.keep_file(file.with(wrap(&file, &wrapping, opener, loose).await?)).await
    }

    /// The data key in a shape that can be wrapped once more.
    async fn loosen(&self, proof: Proof<'_>) -> Result<LooseKey, VaultError> {
        let (wrapping, wrap, bound) = match proof {
            Proof::Passkey => self.passkey_wrapping().await?,
            Proof::Passphrase(passphrase) => {
                let (wrapping, _) = self.prove(passphrase).await?;
                let (wrap, bound) = self.passphrase_wrap()?;
                (wrapping, wrap, bound)
            }
        };
        wrapping.loosen(&wrap, &bound).await.map_err(|_| VaultError::OtherPasskey)
    }

    fn passphrase_wrap(&self) -> Result<(Vec<u8>, Vec<u8>), VaultError> {
        let file = self.file.borrow();
        let wrap = file.passphrase().ok_or(VaultError::Closed)?;
        Ok((wrap.sealed.clone(), file.bound(&wrap.opener, wrap.made_for)))
    }

    /// The passkey's wrapping key, its wrap, and what that is bound to. The person is asked.
    pub(super) async fn passkey_wrapping(&self) -> Result<(WrappingKey, Vec<u8>, Vec<u8>), VaultError> {
        let file = self.file.borrow().clone();
        let wrap = file.passkey().ok_or(VaultError::OtherPasskey)?;
        let Opener::Passkey { credential, input } = &wrap.opener else { return Err(VaultError::OtherPasskey) };
        let secret = passkey::secret(credential, input).await?;
        let wrapping = WrappingKey::of_secret(&secret, &file.salt, &file.passkey_info()).await?;
        Ok((wrapping, wrap.sealed.clone(), file.bound(&wrap.opener, wrap.made_for)))
    }

    /// Writes the file of an older app anew: its wrap is copied under today's words, and then the
    /// file is switched.
    pub(super) async fn renew_file(&self, wrapping: &WrappingKey) -> Result<(), VaultError> {
        let file = self.file.borrow().clone();
        let (old, bound) = self.passphrase_wrap()?;
        let loose = wrapping.loosen(&old, &bound).await?;
        let opener = file.passphrase().ok_or(VaultError::Closed)?.opener.clone();
        self.keep_file(file.with(wrap(&file, wrapping, opener, &loose).await?)).await
    }

    /// Puts this file in the place of the one that stands, durably.
    pub(super) async fn keep_file(&self, file: VaultFile) -> Result<(), VaultError> {
        self.database.write(&[Step::Put(META, FILE.into(), text_of(&file)?)], None).await?;
        self.file.replace(file);
        Ok(())
    }
}

/// A new file whose passphrase opens this key.
async fn new_file(loose: &LooseKey, passphrase: &str) -> Result<(VaultFile, DataKey), VaultError> {
    let installation = DeviceId::new(u64::try_from(now_ms()).unwrap_or(0), random());
    let key = uuid::Builder::from_random_bytes(random()).into_uuid();
    let file = VaultFile { version: VERSION, installation, key, salt: random(), wraps: Vec::new() };
    let (wrapping, opener) = wrapping_of(passphrase).await?;
    let wrap = wrap(&file, &wrapping, opener, loose).await?;
    let opened = wrapping.unwrap(key, &wrap.sealed, &file.bound(&wrap.opener, VERSION)).await?;
    Ok((file.with(wrap), opened))
}

/// The wrapping key of a new passphrase; with less memory where the device has too little.
async fn wrapping_of(passphrase: &str) -> Result<(WrappingKey, Opener), VaultError> {
    let salt = random();
    let (wrapping, kdf) = match derive(passphrase, &salt, Kdf::STRONG).await {
        Err(KdfError::Memory) => (derive(passphrase, &salt, Kdf::SMALL).await?, Kdf::SMALL),
        derived => (derived?, Kdf::STRONG),
    };
    Ok((wrapping, Opener::Passphrase { kdf, salt }))
}

/// A wrap that has been seen to open.
async fn wrap(file: &VaultFile, wrapping: &WrappingKey, opener: Opener, loose: &LooseKey) -> Result<Wrap, VaultError> {
    let bound = file.bound(&opener, VERSION);
    let sealed = wrapping.wrap(loose, &bound).await?;
    wrapping.unwrap(file.key, &sealed, &bound).await?;
    Ok(Wrap { opener, made_for: VERSION, sealed })
}

/// What a closed vault leaves behind and nobody can read; not what is sealed to the office.
async fn noise(database: &Database) -> Result<Vec<Step>, VaultError> {
    let mut steps = vec![Step::Delete(META, TRIES.into()), Step::Delete(META, PIN.into())];
    for store in [ITEMS, CONTENTS] {
        let keys = database.keys(store).await?;
        steps.extend(keys.iter().filter_map(|key: JsValue| Some(Step::Delete(store, key.as_string()?))));
    }
    Ok(steps)
}
