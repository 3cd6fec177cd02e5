//! What was seen and heard, facts first.

use super::Needs::{self, *};

/// How the family is doing on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Things go well.
    Good,
    /// Neither well nor badly.
    Fair,
    /// Something deserves attention.
    Hard,
}

/// One observation.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// How the family is doing.
    pub tone: Tone,
    /// What the family must have.
    pub needs: Needs,
    /// The sentences.
    pub text: &'static str,
}

const fn o(tone: Tone, needs: Needs, text: &'static str) -> Observation {
    Observation { tone, needs, text }
}

/// The bank.
#[rustfmt::skip]
pub const OBSERVATIONS: &[Observation] = &[
    o(Tone::Good, Any, "W mieszkaniu czysto i przewietrzone. Na stole leżał przygotowany zeszyt wydatków."),
    o(Tone::Good, Any, "Rodzina przygotowana do spotkania: dokumenty wyjęte, pytania spisane na kartce."),
    o(Tone::Good, Siblings, "Dzieci pogodne, bawiły się razem. Spór o zabawkę zakończyły same."),
    o(Tone::Good, School, "Przy biurku porządek, lekcje odrobione. Dziecko samo pokazało zeszyt."),
    o(Tone::Good, Child, "Dziecko chętnie opowiadało o swoim dniu. Rodzic słuchał i nie przerywał."),
    o(Tone::Good, Small, "Małe dziecko zadbane, spokojne, szuka kontaktu z rodzicem."),
    o(Tone::Good, Baby, "Niemowlę czyste, najedzone, reaguje uśmiechem na głos mamy."),
    o(Tone::Good, Couple, "Dorośli zwracają się do siebie spokojnie, wspólnie podejmują ustalenia."),
    o(Tone::Good, Any, "W lodówce zapas na kilka dni, obiad przygotowany. Plan tygodnia wisi w kuchni."),
    o(Tone::Good, Child, "Zasady domowe wiszą na widocznym miejscu. Rodzic odwołał się do nich dwa razy, bez krzyku."),
    o(Tone::Good, Any, "Rozmowa spokojna i rzeczowa. Rodzina sama wróciła do ustaleń z poprzedniego tygodnia."),
    o(Tone::Good, Care, "Na ścianie nowe zdjęcia i rysunki od dziecka. Pokój dziecka przygotowany."),
    o(Tone::Fair, Any, "W kuchni niepozmywane naczynia, w pokojach porządek. Rodzina mówi, że to był pracowity dzień."),
    o(Tone::Fair, Any, "Rodzina zmęczona, ale rozmawia otwarcie. Część ustaleń odłożono na następne spotkanie."),
    o(Tone::Fair, School, "Dziecko zniechęcone nauką. Po posiłku i rozmowie usiadło do lekcji."),
    o(Tone::Fair, Siblings, "Dzieci ruchliwe, trudno im było skończyć jedną zabawę. Po przypomnieniu zasad się uspokoiły."),
    o(Tone::Fair, Child, "Dziecko na początku nieśmiałe, później włączyło się do zabawy."),
    o(Tone::Fair, Small, "Małe dziecko przeziębione. Rodzic podaje leki zgodnie z zaleceniem lekarza."),
    o(Tone::Fair, Baby, "Niemowlę niespokojne z powodu ząbkowania. Mama reaguje od razu, potrafi je ukoić."),
    o(Tone::Fair, Couple, "Dorośli różnią się w ocenie sytuacji. Każde powiedziało swoje zdanie do końca."),
    o(Tone::Fair, Any, "Korespondencja nieotwarta od kilku dni. Przejrzano ją razem na miejscu."),
    o(Tone::Fair, Care, "Widać smutek po ostatnim kontakcie z dzieckiem. Gotowość do kolejnego spotkania jest duża."),
    o(Tone::Fair, Unborn, "Dużo pytań o najbliższe tygodnie. Po rozpisaniu kroków widać było ulgę."),
    o(Tone::Good, Unborn, "Dokumenty uporządkowane w teczce. Przyszli rodzice wzajemnie się wspierają."),
    o(Tone::Hard, Any, "Rozmowa krótka, odpowiedzi zdawkowe. Ustalenia przyjęto bez pytań."),
    o(Tone::Hard, Any, "W mieszkaniu chłodno. Zapas opału kończy się w tym tygodniu."),
    o(Tone::Hard, School, "W tym tygodniu dziecko opuściło dwa dni nauki. Nieobecności nie są jeszcze usprawiedliwione."),
    o(Tone::Hard, Child, "Dziecko wycofane, siedziało z boku. Na pytania odpowiadało jednym słowem."),
    o(Tone::Hard, Any, "Napięcie w głosie przy rozmowie o pieniądzach. Po przerwie rozmowę dokończono spokojnie."),
];
