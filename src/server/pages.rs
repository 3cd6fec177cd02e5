//! Pages that work without the app: help and the declaration of accessibility.

/// Pomoc.
pub const HELP: &str = concat!(
    r#"<!DOCTYPE html>
<html lang="pl">
<head><meta charset="utf-8"><title>Pomoc – Asysta</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml"></head>
<body><main>
<h1>Pomoc</h1>
<p><a href="/">Wróć do aplikacji</a></p>
<h2>Nie mam zasięgu</h2>
<p>Pisz dalej. Wszystko zapisuje się na telefonie, zaszyfrowane Twoim hasłem urządzenia, i wysyła samo, gdy wróci sieć. Pasek u góry mówi, ile pozycji czeka.</p>
<h2>Sesja wygasła</h2>
<p>To nie przerywa pracy. Zaloguj się, gdy masz sieć – wtedy wyśle się to, co czeka.</p>
<h2>Nie pamiętam hasła do konta</h2>
<p>Zgłoś się do administratora systemu w ośrodku. Po 10 próbach w ciągu 15 minut trzeba chwilę odczekać.</p>
<h2>„Do wyjaśnienia”</h2>
<p>Tam trafia zapis, którego biuro nie przyjęło, z całą treścią i powodem. Popraw go i wyślij ponownie albo odrzuć.</p>
<h2>Zgubiony telefon</h2>
<p>Od razu powiadom kierownika. Dane na telefonie są zaszyfrowane.</p>
<h2>Jakiej przeglądarki używać</h2>
<p>Aktualnej: Chrome, Edge, Firefox lub Safari. Na iPhonie dodaj Asystę do ekranu początkowego – bez tego system może usunąć niewysłane zapisy.</p>
"#,
    "<p><a href=\"/dostepnosc\">Deklaracja dostępności</a></p>\n</main></body>\n</html>\n"
);

/// Deklaracja dostępności (ustawa z 4 kwietnia 2019 r. o dostępności cyfrowej).
pub const ACCESSIBILITY: &str = r#"<!DOCTYPE html>
<html lang="pl">
<head><meta charset="utf-8"><title>Deklaracja dostępności – Asysta</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml"></head>
<body><main>
<h1>Deklaracja dostępności</h1>
<p><a href="/">Wróć do aplikacji</a></p>
<p>Aplikacja Asysta jest tworzona zgodnie z wymaganiami ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych (WCAG 2.1, poziom AA).</p>
<h2>Co działa</h2>
<ul>
<li>Cała aplikacja działa z klawiatury i z czytnikiem ekranu.</li>
<li>Kolor nigdy nie jest jedyną informacją – obok stoi słowo lub znak.</li>
<li>Tekst można powiększyć; układ dopasowuje się do małego ekranu.</li>
<li>Błędy w formularzach są opisane słowami przy polu i na początku karty.</li>
<li>Ruch na ekranie znika, gdy tak ustawiono w systemie.</li>
</ul>
<h2>Stan deklaracji</h2>
<p>Ośrodek, który wdraża aplikację, uzupełnia tę deklarację o datę przeglądu, osobę do kontaktu i tryb wniosków o zapewnienie dostępności.</p>
</main></body>
</html>
"#;
