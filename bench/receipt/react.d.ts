/** As much of it as the bench calls: the package brings no types of its own. */
declare module 'react' {
  export const createElement: (...parts: readonly unknown[]) => never;
}
