const ID_BITS = 16;
const ID_MASK = 0xffff;

/**
 * Two bytes that stand for a job on the wire: FNV-1a over its id, folded. Never the same as `before`, the job just before,
 * so that an answer which comes late is never taken for this one's.
 */
export function documentId(jobId: string, before: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < jobId.length; at += 1)
    hash = Math.imul(hash ^ jobId.charCodeAt(at), 0x01000193) >>> 0;
  const id = (hash >>> ID_BITS) ^ (hash & ID_MASK);
  return id === before ? (id + 1) & ID_MASK : id;
}
