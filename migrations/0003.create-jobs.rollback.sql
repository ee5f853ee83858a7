-- Nothing of a visitor or a volunteer is in it: what was queued is asked for again.
DROP TABLE jobs;
