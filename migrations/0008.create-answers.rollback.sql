-- All but what volunteers said is made again from the mail.
ALTER TABLE unhelpful_answers RENAME TO put_aside_unhelpful_answers;
DROP TABLE similar_answers;
DROP TABLE past_vectors;
DROP TABLE past_grams;
DROP TABLE past_seen;
DROP TABLE past_requests;
