-- Money that moves through an acquirer. Not rebuildable: the rows are the server's word that a request was sent.

-- One row per attempt, for ever; the primary key decides which of two twins is the first. `state`: sending, waiting, unknown,
-- not-found, reversing, approved, declined, reversed. A tombstone is a reversed row that was never sent.
CREATE TABLE attempt_order (
  merchant TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  till TEXT NOT NULL,
  tender TEXT NOT NULL,
  method TEXT,
  purpose TEXT NOT NULL,
  original TEXT,
  -- Whose stored value.
  account TEXT,
  amount BIGINT NOT NULL,
  tip BIGINT,
  currency TEXT NOT NULL,
  acquirer TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  approval TEXT,
  code TEXT,
  code_expires_at BIGINT,
  -- Money that came after a definite end: due, returned.
  surplus TEXT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  settled_at BIGINT,
  -- When the completer looks at it; null when there is nothing left to do.
  next_at BIGINT,
  tries BIGINT NOT NULL,
  PRIMARY KEY (merchant, attempt_id),
  FOREIGN KEY (merchant, till) REFERENCES till (merchant, till)
);
CREATE INDEX attempt_order_by_sale ON attempt_order (merchant, sale_id);
CREATE INDEX attempt_order_by_original ON attempt_order (merchant, original) WHERE original IS NOT NULL;
-- The completer looks over all merchants; this index is no key and may be scattered.
CREATE INDEX attempt_order_due ON attempt_order (next_at) WHERE next_at IS NOT NULL;

-- Callbacks that were taken, by a hash of their body: the same one again changes nothing.
CREATE TABLE payment_notice (
  merchant TEXT NOT NULL,
  acquirer TEXT NOT NULL,
  notice_key TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (merchant, acquirer, notice_key)
);
CREATE INDEX payment_notice_by_age ON payment_notice (received_at);
