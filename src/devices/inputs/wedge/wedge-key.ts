/** A key going down, as a keyboard event tells it. */
export interface WedgeKey {
  /** When, ms: the event's own time, which a busy page does not shift. */
  readonly at: number;
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  /** Control, Alt or Meta is down: a command, never a part of a code. */
  readonly chord: boolean;
  /** The key is being held down. */
  readonly repeat: boolean;
  /** An input method has it already (keyCode 229): it can be read and not be held back. */
  readonly ime: boolean;
}
