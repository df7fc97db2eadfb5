import { createServer, type Server, type Socket } from 'node:net';
import type { RunningHost } from '../http-host.ts';
import { BankDesk, type BankParts } from './desk.ts';

/** Smallest and largest frame after the length bytes (PROFILE.md 1). */
const FRAME_MIN = 13;
const FRAME_MAX = 4_096;
/** A line without traffic is closed after this, ms. */
const IDLE_MS = 60_000;

/** Listens for terminals on loopback. `port` 0 takes any free one. */
export async function serveBank(parts: BankParts, port: number): Promise<RunningHost> {
  const desk = new BankDesk(parts);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    attend(desk, socket);
  });
  const used = await listen(server, port);
  return {
    port: used,
    url: `tcp://127.0.0.1:${used}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Cuts the stream into frames, however it was split on the way. */
function attend(desk: BankDesk, socket: Socket): void {
  let waiting: Buffer = Buffer.alloc(0);
  const line = {
    send: (frame: Uint8Array): void => {
      if (socket.destroyed || socket.writableEnded) return;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(frame.length);
      socket.write(Buffer.concat([length, frame]));
    },
    cut: (): void => {
      socket.destroy();
    },
  };
  socket.setTimeout(IDLE_MS, line.cut);
  // A terminal that hangs up is not an error of the host.
  socket.on('error', line.cut);
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 2 && !socket.destroyed) {
      const length = waiting.readUInt16BE();
      if (length < FRAME_MIN || length > FRAME_MAX) return line.cut();
      if (waiting.length < 2 + length) return;
      const frame = waiting.subarray(2, 2 + length);
      waiting = waiting.subarray(2 + length);
      desk.receive(frame, line);
    }
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') failed(new Error('no-tcp-address'));
      else done(address.port);
    });
  });
}
