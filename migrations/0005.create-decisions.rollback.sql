-- A volunteer's work goes with no step back: the table is put aside under another name, as those of the mail are.
ALTER TABLE decisions RENAME TO put_aside_decisions;
