/** How often each thing happened. */
export class Counted {
  readonly counts: Record<string, number> = {};

  add(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  get total(): number {
    return Object.values(this.counts).reduce((all, each) => all + each, 0);
  }
}
