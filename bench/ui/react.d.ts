/** As much of it as the bench calls: the packages bring no types of their own. */
declare module 'react' {
  export const useState: <T>(first: T) => [T, (change: (before: T) => T) => void];
}
declare module 'react-dom/client' {
  export const createRoot: (root: HTMLElement) => { render(element: unknown): void };
}
