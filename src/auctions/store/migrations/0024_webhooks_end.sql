-- A receiver that answers 410 Gone is delivered to no more, until somebody has it tried anew.
ALTER TABLE webhooks ADD ended_at timestamptz;
