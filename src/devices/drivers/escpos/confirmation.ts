/** Printable ASCII, the alphabet of a GS ( H id (d = 20h–7Eh). */
const ALPHABET_FIRST = 0x20;
const ALPHABET_SIZE = 95;
const ID_LENGTH = 4;

/**
 * Four characters that stand for a job on the wire: an answer that comes late is then never taken for another job's.
 * FNV-1a over the job's id, 32 bits of it in base 95: two jobs in a row share one with a chance of 1 in 81 million.
 */
export function confirmationId(jobId: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < jobId.length; at += 1)
    hash = Math.imul(hash ^ jobId.charCodeAt(at), 0x01000193) >>> 0;
  let id = '';
  for (let digit = 0; digit < ID_LENGTH; digit += 1) {
    id += String.fromCharCode(ALPHABET_FIRST + (hash % ALPHABET_SIZE));
    hash = Math.floor(hash / ALPHABET_SIZE);
  }
  return id;
}

/**
 * Counts GS r questions and answers. The answers carry no name, only their order says whose they are; so a job is
 * answered when as many answers have come as questions were put up to its own.
 */
export class OrderedAnswers {
  #asked = 0;
  #answered = 0;

  /** Returns the number of the question. */
  ask(): number {
    this.#asked += 1;
    return this.#asked;
  }

  answer(): void {
    // An answer that nobody asked for must not answer the next question.
    if (this.#answered < this.#asked) this.#answered += 1;
  }

  isAnswered(question: number): boolean {
    return this.#answered >= question;
  }

  /** Everything has been quiet for long enough: what has not come will not come. */
  giveUp(): void {
    this.#answered = this.#asked;
  }
}
