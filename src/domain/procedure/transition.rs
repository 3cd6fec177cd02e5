//! The steps of the procedure by name.

use crate::domain::form::choices;

choices! {
    /// A step from stage to stage (spec/domain.md 2.2; `Z` the path "Za życiem", 2.6).
    Transition {
        Refer = "T01", "przyjmij zgłoszenie";
        Interview = "T02", "zapisz wywiad środowiskowy";
        Request = "T03", "złóż wniosek do kierownika";
        AllocateDirectly = "T04", "przydziel asystenta małoletniemu rodzicowi";
        DoNotAllocate = "T05", "nie przydzielaj asystenta";
        Allocate = "T06", "przydziel asystenta";
        HandOver = "T07", "przekaż dokumenty";
        Meet = "T08", "rozpocznij pierwsze spotkanie";
        BeginDiagnosis = "T09", "rozpocznij diagnozę";
        Refuse = "T10", "zapisz odmowę współpracy";
        BeginPlanning = "T11", "zakończ diagnozę";
        BeginCooperation = "T12", "rozpocznij realizację planu";
        Review = "T13", "zapisz okresową ocenę";
        Extend = "T14", "przedłuż współpracę";
        RequestClosing = "T15", "złóż wniosek o zakończenie i monitoring";
        BeginMonitoring = "T16", "rozpocznij monitoring";
        ReturnClosing = "T17", "zwróć wniosek o zakończenie";
        RequestMonitoringEnd = "T18", "złóż wniosek o zakończenie monitoringu";
        EndMonitoring = "T19", "zakończ monitoring i sprawę";
        ReturnMonitoringEnd = "T20", "nie kończ monitoringu";
        RequestReopening = "T21", "zgłoś konieczność ponownego objęcia";
        Reopen = "T22", "uruchom nową procedurę";
        RejectReopening = "T23", "nie potwierdzaj ponownego objęcia";
        Close = "T24", "zakończ sprawę bez monitoringu";
        CloseEarly = "T25", "zakończ sprawę poza etapem współpracy";
        ChangeAssistant = "T26", "zmień asystenta";
        ApplyZz = "Z01", "przyjmij wniosek „Za życiem”";
        AllocateZz = "Z02", "przydziel asystenta („Za życiem”)";
        MeetZz = "Z03", "rozpocznij katalog wsparcia";
        CoordinateZz = "Z04", "rozpocznij koordynację";
        CloseZz = "Z05", "zakończ sprawę „Za życiem”";
        ConvertZz = "Z06", "rozpocznij zwykłą procedurę";
    }
}
