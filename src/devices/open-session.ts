import type { Link } from './transports/transport.ts';

/**
 * Gives the opened link to the driver. A driver that throws leaves no link open behind it: the device would be busy for the next
 * try, and for every other program.
 */
export async function openSession<L extends Link, Session>(
  opening: Promise<L>,
  connect: (link: L) => Session,
): Promise<Session> {
  const link = await opening;
  try {
    return connect(link);
  } catch (cause) {
    await link.close().catch(() => undefined);
    throw cause;
  }
}

/** Never rejects: a session that cannot even be closed is let go all the same. */
export async function closeSession(session: { close(): Promise<void> } | undefined): Promise<void> {
  try {
    await session?.close();
  } catch {
    // Whatever it was, nobody uses this link any more.
  }
}
