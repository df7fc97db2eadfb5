/** One question to the cashier at a time, by the attempt it is about. */
export class Question {
  #open: { readonly attemptId: string; resolve(received: boolean): void } | undefined;
  /** An answer given before the question had reached the rail: a quick finger is not to be asked twice. */
  #early: { readonly attemptId: string; readonly received: boolean } | undefined;

  ask(attemptId: string): Promise<boolean> {
    const early = this.#early;
    this.#early = undefined;
    if (early?.attemptId === attemptId) return Promise.resolve(early.received);
    return new Promise((resolve) => {
      this.#open = { attemptId, resolve };
    });
  }

  answer(attemptId: string, received: boolean): void {
    const open = this.#open;
    if (open?.attemptId === attemptId) {
      this.#open = undefined;
      open.resolve(received);
    } else {
      this.#early = { attemptId, received };
    }
  }
}
