/** Where a channel sends its callbacks about one shop. */
export const notifyUrlOf = (publicUrl: string, id: string, merchant: string): string =>
  new URL(`/api/notify/${id}/${merchant}`, publicUrl).href;
