-- Old guesses are thrown away at each new one, whoever they were about.
create index login_tries_by_age on login_tries (at);
