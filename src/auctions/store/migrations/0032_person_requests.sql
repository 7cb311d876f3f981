-- What persons ask about their data, and what they were answered: no names, and beside the log, which is never shortened.
CREATE TABLE person_requests (
    request_no  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    office      text NOT NULL, -- that was asked
    reference   text NOT NULL, -- of who asks, whether or not the office keeps the person
    what        text NOT NULL CHECK (what IN ('see', 'correct', 'erase', 'object')),
    received_on date NOT NULL,
    noted_at    timestamptz NOT NULL DEFAULT now(),
    noted_by    text NOT NULL,
    answered_on date,
    answered_by text,
    answer      text,
    CONSTRAINT person_requests_are_answered_whole CHECK (num_nulls(answered_on, answered_by, answer) IN (0, 3)),
    CONSTRAINT person_requests_are_answered_after CHECK (answered_on >= received_on)
);
CREATE INDEX person_requests_of ON person_requests (office, received_on, request_no);

GRANT SELECT, INSERT, UPDATE (answered_on, answered_by, answer) ON person_requests TO auctions_service;
