-- Stored value (储值卡, gift cards): what the shop owes to the holders of its own cards. Not rebuildable.

-- `book` is `real` or `demo`: what was issued as play money is never found when real money moves.
CREATE TABLE stored_value_account (
  merchant TEXT NOT NULL,
  book TEXT NOT NULL,
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  -- The sum of the amounts of its moves.
  balance BIGINT NOT NULL CHECK (balance >= 0),
  issued_at BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (merchant, book, account)
);

-- Everything that was done under a reference, for ever. `kind`: pay, refund, reverse, decline; by the office issue, top-up, close,
-- reopen. Amounts are what the balance gained; paying is negative. A `reverse` without a `pay` is a tombstone: the payment that
-- comes later is refused. A tombstone, and a payment from an unknown account, have no account.
CREATE TABLE stored_value_move (
  merchant TEXT NOT NULL,
  book TEXT NOT NULL,
  reference TEXT NOT NULL,
  kind TEXT NOT NULL,
  account TEXT,
  amount BIGINT NOT NULL,
  -- Of a refund: the reference of the payment that it gives back.
  original TEXT,
  -- Of a decline: why, coded.
  reason TEXT,
  moved_at BIGINT NOT NULL,
  -- The till, `office`, or `server`.
  moved_by TEXT NOT NULL,
  PRIMARY KEY (merchant, book, reference, kind),
  FOREIGN KEY (merchant, book, account) REFERENCES stored_value_account (merchant, book, account)
);
CREATE INDEX stored_value_move_by_account ON stored_value_move (merchant, book, account, moved_at);
CREATE INDEX stored_value_move_by_original ON stored_value_move (merchant, book, original) WHERE original IS NOT NULL;
CREATE INDEX stored_value_move_by_time ON stored_value_move (merchant, book, moved_at);
