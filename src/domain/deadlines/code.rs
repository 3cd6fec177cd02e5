//! The codes of the terms, as the procedure and the calendar feed name them.

use crate::domain::form::choices;

choices! {
    /// A term of spec/domain.md 2.3. A letter after the number marks a second length of the same duty.
    Code {
        D01 = "D01", "przekazanie dokumentów asystentowi";
        D02 = "D02", "rozpoczęcie pracy z rodziną";
        D03 = "D03", "rozpoczęcie pracy z rodziną – postanowienie sądu";
        D04 = "D04", "diagnoza i plan pracy";
        D05 = "D05", "okresowa ocena sytuacji rodziny";
        D06 = "D06", "aktualizacja planu pracy";
        D07 = "D07", "decyzja o przedłużeniu lub zakończeniu współpracy";
        /// The third year, once the cooperation was extended.
        D07P = "D07P", "koniec przedłużonej współpracy";
        D08 = "D08", "zakończenie monitoringu";
        D09 = "D09", "raport miesięczny";
        D10 = "D10", "informacja o zmianie dla pracownika socjalnego";
        D11 = "D11", "wizyta w rodzinie";
        /// The rhythm of monitoring (3.11).
        D11M = "D11M", "kontakt w monitoringu";
        D12 = "D12", "liczba rodzin jednego asystenta";
        D13 = "D13", "sprawozdanie dla sądu";
        D14 = "D14", "opinia dla sądu";
        D15 = "D15", "odpowiedź na wniosek „Za życiem”";
        /// The first step of the same application.
        D15P = "D15P", "przekazanie wniosku „Za życiem” asystentowi";
        D16 = "D16", "przekazanie formularza „Niebieska Karta – A”";
        D17 = "D17", "ocena sytuacji dziecka w pieczy";
        D18 = "D18", "sprawozdanie rzeczowo-finansowe";
        D19 = "D19", "roczne sprawozdanie dla rady gminy";
        D20 = "D20", "ocena zasobów pomocy społecznej";
        D21 = "D21", "wywiad środowiskowy";
        /// The shorter length of the same interview.
        D21P = "D21P", "wywiad środowiskowy – pilny";
        D22 = "D22", "zgłoszenie naruszenia danych do UODO";
    }
}
