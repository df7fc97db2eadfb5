import { deflateRawSync } from 'node:zlib';

export interface Packed {
  readonly name: Buffer;
  readonly bytes: Buffer;
  readonly stored?: boolean;
  /** Lies about the size, as a bomb does. */
  readonly size?: number;
}

/** A small archive; sums of the contents are left zero, as nobody here reads them. */
export function zipFile(files: readonly Packed[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const packed = file.stored === true ? file.bytes : deflateRawSync(file.bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(file.name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(file.stored === true ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(file.size ?? file.bytes.length, 24);
    entry.writeUInt16LE(file.name.length, 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, file.name, packed);
    directory.push(entry, file.name);
    offset += local.length + file.name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
