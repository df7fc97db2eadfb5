/** Keys of the vault that a start needs before its lock screen is believed; asked ahead by the page's first chunk. */
export const OPENING_KEYS = {
  settings: 'settings',
  shop: 'shop',
  lock: 'lock',
  operators: 'operators',
} as const;
