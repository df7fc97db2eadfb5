/** Keeps the screen on while the till is open, where the browser can; asks again each time the page is shown. */
export function keepAwake(isWanted: () => boolean): void {
  if (!('wakeLock' in navigator)) return;
  let held: WakeLockSentinel | undefined;
  const ask = async (): Promise<void> => {
    if (!isWanted() || document.visibilityState !== 'visible' || held?.released === false) return;
    held = await navigator.wakeLock.request('screen').catch(() => undefined); // Low battery: the system decides.
  };
  document.addEventListener('visibilitychange', () => void ask());
  document.addEventListener('pointerdown', () => void ask());
  void ask();
}
