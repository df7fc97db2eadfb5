/** Time from outside. Nothing in domain, flow or store reads a clock by itself. */
export interface Clock {
  /** Wall clock of this device, ms since 1970-01-01 UTC. May be wrong by days and may jump. */
  now(): number;
  /** Milliseconds since some fixed start of this process; never runs backwards. */
  mono(): number;
}

/** Randomness from outside: cryptographic in the product, seeded in tests. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}
