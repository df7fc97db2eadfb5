-- Portable SQL: text and bigint only, no sequences, no triggers. `merchant` leads every primary, unique and foreign key,
-- so the tables shard by merchant. Rows of the server itself (before or beside any shop) carry the merchant '*'.

CREATE TABLE server_state (
  merchant TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (merchant, name)
);

CREATE TABLE merchant (
  merchant TEXT NOT NULL,
  shop TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (merchant)
);

CREATE TABLE till (
  merchant TEXT NOT NULL,
  till TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  head_epoch TEXT,
  head_seq BIGINT,
  head_hash TEXT,
  last_seen_at BIGINT,
  last_entry_at BIGINT,
  PRIMARY KEY (merchant, till),
  FOREIGN KEY (merchant) REFERENCES merchant (merchant)
);

CREATE TABLE till_key (
  merchant TEXT NOT NULL,
  till TEXT NOT NULL,
  kid TEXT NOT NULL,
  alg TEXT NOT NULL,
  public_key TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  retired_at BIGINT,
  PRIMARY KEY (merchant, till, kid),
  FOREIGN KEY (merchant, till) REFERENCES till (merchant, till)
);

CREATE TABLE enrolment_code (
  merchant TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  till TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  spent_at BIGINT,
  spent_kid TEXT,
  PRIMARY KEY (merchant, code_hash)
);
-- A code arrives without its merchant; this index is no key and may be scattered.
CREATE INDEX enrolment_code_by_hash ON enrolment_code (code_hash);

CREATE TABLE till_epoch (
  merchant TEXT NOT NULL,
  till TEXT NOT NULL,
  epoch TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  prev TEXT NOT NULL,
  gap TEXT,
  began_at BIGINT NOT NULL,
  PRIMARY KEY (merchant, till, epoch),
  UNIQUE (merchant, till, ordinal),
  FOREIGN KEY (merchant, till) REFERENCES till (merchant, till)
);

CREATE TABLE journal (
  merchant TEXT NOT NULL,
  till TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  type TEXT NOT NULL,
  sale_id TEXT,
  signed TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (merchant, till, epoch, seq),
  FOREIGN KEY (merchant, till, epoch) REFERENCES till_epoch (merchant, till, epoch)
);
CREATE INDEX journal_by_hash ON journal (merchant, till, hash);
CREATE INDEX journal_by_sale ON journal (merchant, sale_id) WHERE sale_id IS NOT NULL;

CREATE TABLE quarantine (
  merchant TEXT NOT NULL,
  till TEXT NOT NULL,
  hash TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq BIGINT NOT NULL,
  prev TEXT NOT NULL,
  reason TEXT NOT NULL,
  signed TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (merchant, till, hash),
  FOREIGN KEY (merchant, till) REFERENCES till (merchant, till)
);

CREATE TABLE alarm (
  merchant TEXT NOT NULL,
  alarm_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  till TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq BIGINT NOT NULL,
  detail TEXT NOT NULL,
  raised_at BIGINT NOT NULL,
  PRIMARY KEY (merchant, alarm_id),
  FOREIGN KEY (merchant, till) REFERENCES till (merchant, till)
);
