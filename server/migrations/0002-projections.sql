-- Everything here can be dropped and rebuilt from the journal.

CREATE TABLE operator (
  merchant TEXT NOT NULL,
  operator_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (merchant, operator_id),
  FOREIGN KEY (merchant) REFERENCES merchant (merchant)
);

CREATE TABLE sale (
  merchant TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  till TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  line_count BIGINT NOT NULL,
  total BIGINT NOT NULL,
  sold_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  operator_id TEXT NOT NULL,
  PRIMARY KEY (merchant, sale_id),
  FOREIGN KEY (merchant, till, epoch, seq) REFERENCES journal (merchant, till, epoch, seq)
);
CREATE INDEX sale_by_day ON sale (merchant, day, received_at);

CREATE TABLE payment (
  merchant TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  tender TEXT NOT NULL,
  amount BIGINT NOT NULL,
  tendered BIGINT,
  PRIMARY KEY (merchant, attempt_id),
  FOREIGN KEY (merchant, sale_id) REFERENCES sale (merchant, sale_id)
);
CREATE INDEX payment_by_sale ON payment (merchant, sale_id);

CREATE TABLE day_total (
  merchant TEXT NOT NULL,
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  tender TEXT NOT NULL,
  payments BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (merchant, day, currency, tender),
  FOREIGN KEY (merchant) REFERENCES merchant (merchant)
);
