/** A place that takes text, as it was before a scanner began to type. */
export interface FieldMemory {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
  readonly selection: readonly [start: number, end: number] | undefined;
}

/** Kinds of input that take no text: given-back keys are told to them as keys. */
const NOT_TEXT = /^(?:button|checkbox|color|file|image|radio|range|reset|submit)$/;

function textField(target: EventTarget | undefined): FieldMemory['field'] | undefined {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && !NOT_TEXT.test(target.type) ? target : undefined;
}

export function rememberField(target: EventTarget | undefined): FieldMemory | undefined {
  const field = textField(target);
  if (field === undefined) return undefined;
  // Number, date and e-mail fields tell no selection.
  const { selectionStart: start, selectionEnd: end } = field;
  return { field, value: field.value, selection: start === null || end === null ? undefined : [start, end] };
}

/** Takes out of a field what an input method let through. True when there was something. */
export function restoreField({ field, value, selection }: FieldMemory, isComposing: boolean): boolean {
  // Losing the focus is the only way for a page to end a composition; what it had is committed, then put right.
  if (isComposing) field.blur();
  const hasChanged = field.value !== value;
  if (hasChanged) {
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'historyUndo' }));
  }
  if (isComposing) field.focus();
  if (selection !== undefined) field.setSelectionRange(...selection);
  return hasChanged;
}

/** Gives a key back that a person typed: as text to a field, as a key to everything else. */
export function giveKey(target: EventTarget, character: string, like: KeyboardEvent): void {
  const field = textField(target);
  if (field !== undefined || (target instanceof HTMLElement && target.isContentEditable)) {
    // Out of date by name and without a successor: the one way that keeps undo, the selection and the field's own rules.
    const isTyped = hasFocus(target) && document.execCommand('insertText', false, character);
    if (!isTyped && field !== undefined && !field.readOnly && !field.disabled) append(field, character);
    return;
  }
  const { key, code, shiftKey, location } = like;
  target.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      code,
      shiftKey,
      location,
      bubbles: true,
      cancelable: true,
      composed: true,
    }),
  );
}

/** The focus moved on while the key was held: its field gets it all the same. */
function append(field: FieldMemory['field'], character: string): void {
  field.value += character;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: character }));
}

function hasFocus(target: EventTarget): boolean {
  const root = target instanceof Node ? target.getRootNode() : undefined;
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === target;
}
