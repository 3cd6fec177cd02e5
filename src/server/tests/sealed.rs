//! Changes that come sealed, without a session (trust.md B.4.4; D1, scenario 9).

use super::{
    office::{TestOffice, empty_request},
    papers::{edited, made, making, morning, today, visit},
    web::{Seen, Web, nothing, password_hash},
};
use crate::{
    domain::{
        change::Change,
        documents::RecordKind,
        ids::{ChangeId, DeviceId, OfficeId, Rev},
    },
    server::{
        db::{
            Db, office_keys,
            testing::{count, fresh, on_each, texts},
            users,
        },
        outbox::keys,
    },
    sync::{
        packet::{Label, MAX_PACKETS},
        protocol::{About, Base64, Parcel, ParcelReceipt, RequestEnvelope, SealKey},
    },
};
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use axum::http::StatusCode;
use hkdf::Hkdf;
use p256::{
    PublicKey, SecretKey,
    ecdh::diffie_hellman,
    ecdsa::{Signature, SigningKey, signature::Signer},
};
use serde_json::{json, value::to_raw_value};
use sha2::Sha256;
use uuid::Uuid;

/// A device as its browser would seal with it.
struct Sealer {
    office: OfficeId,
    device: DeviceId,
    signs: SigningKey,
    key: SealKey,
}

fn secret() -> SecretKey {
    // Chance that is above the curve's order is one in 2^32.
    SecretKey::from_slice(&[fresh().into_bytes(), fresh().into_bytes()].concat()).unwrap()
}

impl Sealer {
    fn new(office: OfficeId) -> Self {
        let key = SealKey { id: Uuid::nil(), point: Base64(Vec::new()) };
        Self { office, device: DeviceId(fresh()), signs: SigningKey::from(secret()), key }
    }

    fn about(&self) -> About {
        let key = Base64(self.signs.verifying_key().to_sec1_point(false).as_bytes().to_vec());
        About { name: "Chrome na Androidzie".into(), key, unlock: None, free_mb: Some(900) }
    }

    fn label(&self, change: ChangeId) -> Label {
        Label { office: self.office, device: self.device, change, key: self.key.id }
    }

    fn seal(&self, change: &Change) -> Base64 {
        self.seal_as(self.label(change.id), change)
    }

    fn seal_as(&self, label: Label, change: &Change) -> Base64 {
        let pair = secret();
        let point = pair.public_key().to_sec1_bytes();
        let bound = label.bound(&point);
        let office = PublicKey::from_sec1_bytes(&self.key.point.0).unwrap();
        let shared = diffie_hellman(pair.to_nonzero_scalar(), office.as_affine());
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, shared.raw_secret_bytes().as_slice()).expand(&bound, &mut key).unwrap();
        let (iv, msg) = ([7; 12], serde_json::to_vec(change).unwrap());
        let nonce = <&Nonce<_>>::try_from(iv.as_slice()).unwrap();
        let sealed = Aes256Gcm::new_from_slice(&key).unwrap().encrypt(nonce, Payload { msg: &msg, aad: &bound });
        let mut packet = label.close(&point, &iv, &sealed.unwrap());
        let signature: Signature = self.signs.sign(&packet);
        packet.extend(signature.to_bytes());
        Base64(packet)
    }

    fn parcel(&self, packets: Vec<Base64>) -> Parcel {
        Parcel { device: self.device, packets, wiped: false, alone: false }
    }
}

struct Story {
    office: TestOffice,
    web: Web,
    ala: Sealer,
    cookie: String,
}

impl Story {
    /// Ala and Ola with a family each; Ala's phone has come through once.
    async fn new(db: Db) -> Self {
        let office = TestOffice::with_password(db, password_hash().await).await;
        let office = office.with_assistant("Ala").await.with_assistant("Ola").await;
        let office = office.with_family("R01", "Ala").await.with_family("R02", "Ola").await;
        let web = Web::serving(&office.db, morning()).await;
        let cookie = web.sign_in(&office, "Ala").await;
        let ala = enrolled(&office, &web, &cookie).await;
        Self { office, web, ala, cookie }
    }

    fn visits(&self, count: usize) -> Vec<Change> {
        let family = self.office.family("R01");
        let visit = || made(self.office.user("Ala"), making(RecordKind::Visit, family, &visit(today())));
        (0..count).map(|_| visit()).collect()
    }

    async fn bring(&self, packets: Vec<Base64>) -> ParcelReceipt {
        self.send(&self.ala.parcel(packets)).await.1.unwrap()
    }

    async fn send(&self, parcel: &Parcel) -> (Seen, Option<ParcelReceipt>) {
        self.web.packed("sealed", "", json!({ "parcel": parcel })).await
    }

    async fn records(&self) -> i64 {
        count(&self.office.db, "select count(*) from records where kind = 'visit'").await
    }

    async fn revoke(&self) {
        let cookie = self.web.sign_in(&self.office, "Kira").await;
        let said = json!({ "user": self.office.user("Ala"), "device": self.ala.device, "reason": "zgubiony" });
        assert_eq!(self.web.post("revoke-device", &cookie, said).await.status, StatusCode::OK);
    }

    async fn board(&self, who: &str) -> serde_json::Value {
        let cookie = self.web.sign_in(&self.office, who).await;
        self.web.post("devices", &cookie, json!({})).await.json()
    }
}

/// A phone's first exchange: it learns the office's key and registers its own.
async fn enrolled(office: &TestOffice, web: &Web, cookie: &str) -> Sealer {
    let mut sealer = Sealer::new(office.office);
    let about = Some(sealer.about());
    let request = RequestEnvelope { device: sealer.device, seal_key: Some(Uuid::nil()), about, ..empty_request() };
    let answer = web.exchange(cookie, &request).await.1.unwrap();
    sealer.key = answer.seal_key.expect("a phone without the office's key is given it");
    sealer
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_09_twenty_cards_of_a_locked_vault_arrive_as_their_authors_while_another_works() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let visits = story.visits(20);
        // Ola has signed in on Ala's tablet; her session is none of the parcel's.
        let ola = story.web.sign_in(&story.office, "Ola").await;
        let packets: Vec<Base64> = visits.iter().map(|visit| story.ala.seal(visit)).collect();
        let sent = json!({ "parcel": story.ala.parcel(packets.clone()) });
        let taken = story.web.packed::<ParcelReceipt>("sealed", &ola, sent).await.1.unwrap();
        assert_eq!((taken.taken.len(), taken.wipe), (20, false));
        let authors =
            "select count(*) from records r join users u on u.id = r.author where u.name = 'Ala' and r.kind = 'visit'";
        assert_eq!(count(&story.office.db, authors).await, 20);
        assert_eq!(
            count(&story.office.db, "select count(distinct device) from changes where body like '%VISIT%'").await,
            1
        );
        // Again, at once and from two tabs; then Ala unlocks and sends them the ordinary way.
        let (one, other) = tokio::join!(story.bring(packets.clone()), story.bring(packets));
        assert!(one.taken.len() == 20 && other.taken.len() == 20);
        let raw = visits.iter().map(|visit| to_raw_value(visit).unwrap()).collect();
        let request = RequestEnvelope { device: story.ala.device, changes: raw, ..empty_request() };
        let answer = story.web.exchange(&story.cookie, &request).await.1.unwrap();
        assert_eq!(answer.receipts.len(), 20);
        assert!(answer.receipts.iter().all(|receipt| receipt.at == morning()), "the receipts that stood already");
        assert_eq!(story.records().await, 20);
        assert_eq!(count(&story.office.db, "select count(*) from changes where body like '%VISIT%'").await, 20);
    })
    .await;
}

#[tokio::test]
async fn b04_what_is_forged_or_misplaced_is_not_taken() {
    on_each(async |db| {
        let story = Story::new(db.clone()).await;
        let [one, other]: [Change; 2] = story.visits(2).try_into().unwrap();
        let ola = story.web.sign_in(&story.office, "Ola").await;
        let thief = enrolled(&story.office, &story.web, &ola).await;
        let elsewhere = TestOffice::with_password(db, password_hash().await).await.with_assistant("Ewa").await;
        let ewa = story.web.sign_in(&elsewhere, "Ewa").await;
        let ewa = enrolled(&elsewhere, &story.web, &ewa).await;
        let ala = &story.ala;
        let as_ala = Sealer { device: ala.device, signs: thief.signs.clone(), key: ala.key.clone(), ..*ala };
        let to_other_key = Sealer { signs: ala.signs.clone(), key: ewa.key.clone(), ..*ala };
        let to_other_office = Sealer { office: ewa.office, signs: ala.signs.clone(), key: ewa.key.clone(), ..*ala };
        let mut cut = ala.seal(&one);
        cut.0.truncate(200);
        let wrong = [
            ("signed by another device", as_ala.seal(&one)),
            ("of another device", thief.seal(&one)),
            ("sealed to another office's key", to_other_key.seal(&one)),
            ("for another office", to_other_office.seal(&one)),
            ("named as another change", ala.seal_as(ala.label(other.id), &one)),
            ("cut", cut),
            ("nothing", Base64(Vec::new())),
        ];
        for (what, packet) in wrong {
            let receipt = story.bring(vec![packet]).await;
            assert_eq!(receipt, ParcelReceipt::default(), "{what}");
        }
        // Signed well, but somebody else's words.
        let forged = Change { author: story.office.user("Ola"), family: story.office.family("R02"), ..one.clone() };
        assert_eq!(story.bring(vec![ala.seal(&forged)]).await.taken, []);
        assert_eq!(story.records().await, 0);
        // Each is judged alone.
        let mixed = vec![as_ala.seal(&one), ala.seal(&other), Base64(vec![1; 300])];
        assert_eq!(story.bring(mixed).await.taken, [other.id]);
        assert_eq!(story.bring(vec![ala.seal(&one)]).await.taken, [one.id], "the true one still comes");
    })
    .await;
}

#[tokio::test]
async fn b04_a_first_key_stays_and_a_device_that_nobody_has_is_answered_like_one_that_is_well() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let thief = Sealer { device: story.ala.device, key: story.ala.key.clone(), ..Sealer::new(story.office.office) };
        let request = RequestEnvelope { device: thief.device, about: Some(thief.about()), ..empty_request() };
        story.web.exchange(&story.cookie, &request).await;
        let [visit]: [Change; 1] = story.visits(1).try_into().unwrap();
        assert_eq!(story.bring(vec![thief.seal(&visit)]).await.taken, []);
        let unknown = Sealer { key: story.ala.key.clone(), ..Sealer::new(story.office.office) };
        let (mut nobody, _) = story.send(&unknown.parcel(vec![unknown.seal(&visit)])).await;
        let (mut well, _) = story.send(&story.ala.parcel(vec![thief.seal(&visit)])).await;
        for seen in [&mut nobody, &mut well] {
            seen.headers.remove("date");
        }
        assert_eq!((nobody.status, nobody.headers, nobody.body), (well.status, well.headers, well.body));
    })
    .await;
}

#[tokio::test]
async fn s10_parcels_are_bounded_in_number_and_frequency() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let parcel = story.ala.parcel(vec![Base64(vec![1]); MAX_PACKETS + 1]);
        assert_eq!(story.send(&parcel).await.0.status, StatusCode::PAYLOAD_TOO_LARGE);
        let empty = story.ala.parcel(Vec::new());
        let mut last = StatusCode::OK;
        for _ in 0..61 {
            last = story.send(&empty).await.0.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        story.web.pass(chrono::Duration::minutes(1));
        assert_eq!(story.send(&empty).await.0.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn b04_an_older_key_goes_on_opening_when_a_newer_one_seals() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let [before, after]: [Change; 2] = story.visits(2).try_into().unwrap();
        let old = story.ala.seal(&before);
        story.web.pass(chrono::Duration::hours(1));
        let mut link = story.office.db.begin().await.unwrap();
        let now = morning() + chrono::Duration::hours(1);
        let newer = keys::renew(&mut link, story.office.office, now).await.unwrap();
        link.commit().await.unwrap();
        let request = |known| RequestEnvelope { device: story.ala.device, seal_key: Some(known), ..empty_request() };
        let answer = story.web.exchange(&story.cookie, &request(story.ala.key.id)).await.1.unwrap();
        assert_eq!(answer.seal_key.as_ref(), Some(&newer));
        assert_eq!(story.web.exchange(&story.cookie, &request(newer.id)).await.1.unwrap().seal_key, None);
        let older_app = story.web.exchange(&story.cookie, &nothing()).await.1.unwrap();
        assert_eq!(older_app.seal_key, None, "an app that knows of no keys is sent none");
        let renewed = Sealer { key: newer, signs: story.ala.signs.clone(), ..story.ala };
        assert_eq!(story.bring(vec![old, renewed.seal(&after)]).await.taken, [before.id, after.id]);
        let kept = office_keys::newest(&mut story.office.db.read().await.unwrap(), story.office.office).await.unwrap();
        assert_eq!(kept.unwrap().0, renewed.key.id);
    })
    .await;
}

#[tokio::test]
async fn b04_a_change_whose_forerunner_is_not_here_waits_on_its_device() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let [first]: [Change; 1] = story.visits(1).try_into().unwrap();
        let second = Change { after: Some(first.id), ..edited(&first, Rev::NONE, "observations", "", "Spokojnie.") };
        let (first_packet, second_packet) = (story.ala.seal(&first), story.ala.seal(&second));
        assert_eq!(story.bring(vec![second_packet.clone()]).await.taken, []);
        assert_eq!(story.bring(vec![second_packet, first_packet]).await.taken.len(), 2, "whatever their order");
    })
    .await;
}

#[tokio::test]
async fn d01_a_revoked_device_is_dead_at_once_hears_so_without_a_session_and_says_when_it_is_wiped() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let kira = story.web.sign_in(&story.office, "Kira").await;
        story.revoke().await;
        let request = RequestEnvelope { device: story.ala.device, ..empty_request() };
        assert_eq!(story.web.exchange(&story.cookie, &request).await.0.status, StatusCode::UNAUTHORIZED);
        assert_eq!(story.web.post("pulse", &kira, json!({})).await.status, StatusCode::OK, "nobody else's");
        // Whoever knows the password does not bring it back to life.
        let again = story.web.sign_in(&story.office, "Ala").await;
        let refused = story.web.exchange(&again, &request).await.0;
        assert_eq!((refused.status, refused.json()), (StatusCode::UNAUTHORIZED, json!("device_revoked")));
        let [visit]: [Change; 1] = story.visits(1).try_into().unwrap();
        let request = RequestEnvelope { changes: vec![to_raw_value(&visit).unwrap()], ..request };
        assert_eq!(story.web.exchange(&again, &request).await.0.status, StatusCode::UNAUTHORIZED);
        assert_eq!(story.records().await, 0);
        let other = RequestEnvelope { ..empty_request() };
        assert_eq!(story.web.exchange(&again, &other).await.0.status, StatusCode::OK, "another device of hers works");

        assert!(story.bring(Vec::new()).await.wipe);
        let find = |board: serde_json::Value| {
            let id = json!(story.ala.device);
            board["devices"].as_array().unwrap().iter().find(|line| line["device"] == id).cloned().unwrap()
        };
        let line = find(story.board("Kira").await);
        assert!(line["standing"]["revoked"].is_string());
        assert_eq!((&line["families"], &line["name"]), (&json!(["R01"]), &json!("Chrome na Androidzie")));
        let wiped = Parcel { wiped: true, ..story.ala.parcel(Vec::new()) };
        let shared = story.send(&wiped).await;
        assert!(
            shared.0.status == StatusCode::OK && !shared.0.headers.contains_key("clear-site-data"),
            "a colleague's data stay"
        );
        let alone = story.send(&Parcel { alone: true, ..wiped.clone() }).await.0;
        assert_eq!(alone.status, StatusCode::UNAUTHORIZED);
        assert_eq!(alone.headers["clear-site-data"], "\"cache\",\"cookies\",\"storage\"");
        assert!(find(story.board("Kira").await)["standing"]["wiped"].is_string());
        let said = texts(&story.office.db, "select detail from audit where object = 'ACCOUNTS' order by id").await;
        assert_eq!(said, ["device_revoked", "device_wiped"], "each once");
    })
    .await;
}

#[tokio::test]
async fn d01_nobody_wipes_or_revokes_what_is_not_theirs() {
    on_each(async |db| {
        let story = Story::new(db.clone()).await;
        let wiped = Parcel { wiped: true, alone: true, ..story.ala.parcel(Vec::new()) };
        assert_eq!(story.send(&wiped).await.0.status, StatusCode::OK, "a device that is well is not said farewell to");
        let elsewhere = TestOffice::with_password(db, password_hash().await).await;
        let said = json!({ "user": story.office.user("Ala"), "device": story.ala.device, "reason": "bo tak" });
        let revoke = async |cookie: &str, said: &serde_json::Value| {
            story.web.post("revoke-device", cookie, said.clone()).await.status
        };
        for cookie in [story.web.sign_in(&story.office, "Ola").await, story.web.sign_in(&elsewhere, "Kira").await] {
            assert_eq!(revoke(&cookie, &said).await, StatusCode::NOT_FOUND);
        }
        let mut empty = said.clone();
        empty["reason"] = json!("  ");
        assert_eq!(revoke(&story.cookie, &empty).await, StatusCode::BAD_REQUEST, "a reason is wanted");
        assert_eq!(revoke(&story.cookie, &said).await, StatusCode::OK, "one's own");
        assert_eq!(revoke(&story.cookie, &said).await, StatusCode::NOT_FOUND, "only once");
        let own = story.board("Ola").await;
        let ola = json!(story.office.user("Ola"));
        assert!(own["devices"].as_array().unwrap().iter().all(|line| line["user"] == ola), "one's own and no other");
        assert_eq!(own["late"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn d01_late_work_of_a_revoked_device_waits_for_the_manager_and_takes_the_ordinary_way() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let visits = story.visits(3);
        let second =
            Change { after: Some(visits[0].id), ..edited(&visits[0], Rev::NONE, "observations", "", "Cicho.") };
        story.revoke().await;
        let packets = visits.iter().chain([&second]).map(|visit| story.ala.seal(visit)).collect::<Vec<_>>();
        let receipt = story.bring(packets.clone()).await;
        assert_eq!((receipt.taken.len(), receipt.wipe), (4, true), "durably here, so it may leave the device");
        assert_eq!(story.records().await, 0);
        story.bring(packets.clone()).await;
        let board = story.board("Kira").await;
        assert_eq!(board["late"].as_array().unwrap().len(), 4);
        assert_eq!(board["late"][0]["family"], "R01");

        let kira = story.web.sign_in(&story.office, "Kira").await;
        let id = |change: &Change| json!({ "user": story.office.user("Ala"), "change": change.id });
        let judge = async |cookie: &str, late: Vec<serde_json::Value>, rejected: Option<&str>| {
            story.web.post("judge-late", cookie, json!({ "late": late, "rejected": rejected })).await
        };
        let ola = story.web.sign_in(&story.office, "Ola").await;
        assert_eq!(judge(&ola, vec![id(&visits[0])], None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(judge(&kira, vec![id(&second)], None).await.json(), json!(0), "the one before it comes first");
        assert_eq!(judge(&kira, vec![id(&visits[0]), id(&second), id(&visits[1])], None).await.json(), json!(3));
        assert_eq!(judge(&kira, vec![id(&visits[2])], Some(" ")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(judge(&kira, vec![id(&visits[2])], Some("Nie jej wpis.")).await.json(), json!(1));
        assert_eq!(judge(&kira, vec![id(&visits[2])], None).await.json(), json!(0), "what was decided stands");
        assert_eq!(story.records().await, 2);
        let authors =
            "select count(*) from records r join users u on u.id = r.author where u.name = 'Ala' and r.kind = 'visit'";
        assert_eq!(count(&story.office.db, authors).await, 2, "in their author's name");
        let board = story.board("Kira").await;
        let rejected = board["late"].as_array().unwrap().iter().find(|late| late["fate"] == "REJECTED").unwrap();
        assert_eq!(rejected["reason"], "Nie jej wpis.");
        assert!(rejected["change"].is_object(), "nothing vanishes");
        // What came once more, also of what was accepted, makes nothing new.
        assert_eq!(story.bring(packets).await.taken.len(), 4);
        assert_eq!(count(&story.office.db, "select count(*) from late_changes where fate = 'WAITING'").await, 0);
        let lines = "select count(*) from audit where detail in ('late_accepted', 'late_rejected')";
        assert_eq!(count(&story.office.db, lines).await, 4);
    })
    .await;
}

#[tokio::test]
async fn r15_work_for_a_closed_account_waits_for_the_manager() {
    on_each(async |db| {
        let story = Story::new(db).await;
        let [visit]: [Change; 1] = story.visits(1).try_into().unwrap();
        let mut link = story.office.db.begin().await.unwrap();
        users::set_active(&mut link, story.office.user("Ala"), false).await.unwrap();
        link.commit().await.unwrap();
        let receipt = story.bring(vec![story.ala.seal(&visit)]).await;
        assert_eq!((receipt.taken, receipt.wipe), (vec![visit.id], false));
        assert_eq!(story.records().await, 0);
        assert_eq!(story.board("Kira").await["late"].as_array().unwrap().len(), 1);
    })
    .await;
}
