-- What a terminal at a bank host must not forget. Not rebuildable: a trade is here before its first byte leaves.

CREATE TABLE bank_terminal (
  merchant TEXT NOT NULL,
  terminal TEXT NOT NULL,
  -- The last trace number given out, 0 to 999999; it rolls over.
  last_trace BIGINT NOT NULL,
  batch TEXT,
  PRIMARY KEY (merchant, terminal)
);

-- One row per reference, for ever. No card number, track or PIN is ever in `fields`. A row without a trace was never sent and
-- never will be: its reversal came first.
CREATE TABLE bank_trade (
  merchant TEXT NOT NULL,
  reference TEXT NOT NULL,
  terminal TEXT NOT NULL,
  batch TEXT NOT NULL,
  trace TEXT,
  purpose TEXT NOT NULL,
  amount BIGINT NOT NULL,
  original TEXT,
  made_at BIGINT NOT NULL,
  mti TEXT NOT NULL,
  fields TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  reversal_reason TEXT NOT NULL,
  approval TEXT,
  emv TEXT,
  PRIMARY KEY (merchant, reference),
  UNIQUE (merchant, terminal, batch, trace)
);
CREATE INDEX bank_trade_open ON bank_trade (merchant, terminal, made_at) WHERE state IN ('sending', 'unknown', 'reversing');
