-- Everything here can be dropped and rebuilt from the journal.

CREATE TABLE refund (
  merchant TEXT NOT NULL,
  refund_id TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  till TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  refunded_at BIGINT NOT NULL,
  operator_id TEXT NOT NULL,
  PRIMARY KEY (merchant, refund_id),
  FOREIGN KEY (merchant, till, epoch, seq) REFERENCES journal (merchant, till, epoch, seq)
);
CREATE INDEX refund_by_sale ON refund (merchant, sale_id);

-- What went back on a day, by the tender it went back through.
CREATE TABLE day_refund (
  merchant TEXT NOT NULL,
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  tender TEXT NOT NULL,
  refunds BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (merchant, day, currency, tender),
  FOREIGN KEY (merchant) REFERENCES merchant (merchant)
);

-- The double-entry ledger: the balances of a currency always add up to zero.
CREATE TABLE ledger_account (
  merchant TEXT NOT NULL,
  currency TEXT NOT NULL,
  account TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (merchant, currency, account),
  FOREIGN KEY (merchant) REFERENCES merchant (merchant)
);

-- Attempts that stand in suspense: sent, and without a known end.
CREATE TABLE open_attempt (
  merchant TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  till TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  tender TEXT NOT NULL,
  purpose TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  state TEXT NOT NULL,
  attempt TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  PRIMARY KEY (merchant, attempt_id),
  FOREIGN KEY (merchant) REFERENCES merchant (merchant)
);
