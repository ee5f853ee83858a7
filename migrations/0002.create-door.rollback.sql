DROP TABLE door_tries;
DROP TABLE door_sessions;
DROP TABLE door_password;
