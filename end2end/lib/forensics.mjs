// Reads a browser's profile as somebody would who has copied the disk: every file, and what is packed in it
// (tables and logs of LevelDB, snappy, gzip, deflate, brotli).
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

const TABLE_MAGIC = Buffer.from('57fb808b247547db', 'hex');
const CACHE_MAGIC = Buffer.from('305c72a71b6dfbfc', 'hex');
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
/** How Chromium marks a value of IndexedDB that it has packed with snappy. */
const PACKED_VALUE = Buffer.from([0xff, 0x11, 0x02]);
const LOG_BLOCK = 32_768;
const LARGEST = 64 * 1024 * 1024;

/** Every file of a folder, with everything that is packed in it: [path, bytes]. */
export function* contents(folder) {
  for (const entry of readdirSync(folder, { recursive: true })) {
    const path = join(folder, entry);
    const file = statSync(path, { throwIfNoEntry: false });
    if (!file?.isFile() || file.size === 0 || file.size > LARGEST) continue;
    const bytes = readFileSync(path);
    for (const layer of layers(bytes, entry)) yield [entry, layer];
  }
}

function* layers(bytes, path) {
  yield bytes;
  yield* packedIn(bytes);
  if (bytes.subarray(-8).equals(TABLE_MAGIC)) {
    for (const block of tableBlocks(bytes)) { yield block; yield* packedIn(block); }
  } else if (/\.log$/.test(path)) {
    const records = logRecords(bytes);
    yield records;
    yield* packedIn(records);
  }
  if (bytes.subarray(0, 8).equals(CACHE_MAGIC)) yield* cachedBodies(bytes);
}

/** Streams that say where they begin. */
function* packedIn(bytes) {
  for (const at of places(bytes, GZIP_MAGIC)) yield* tried(() => gunzipSync(bytes.subarray(at), LENIENT));
  for (const at of places(bytes, PACKED_VALUE)) yield* tried(() => unsnap(bytes, at + PACKED_VALUE.length));
}

const LENIENT = { finishFlush: 2, maxOutputLength: LARGEST };

/** Bodies in the cache of requests, and in Cache Storage: they say nowhere how they are packed. */
function* cachedBodies(bytes) {
  const start = 24 + bytes.readUInt32LE(12);
  for (const from of [start, start + 1]) {
    const body = bytes.subarray(from);
    yield* tried(() => brotliDecompressSync(body, { finishFlush: 1, maxOutputLength: LARGEST }));
    yield* tried(() => inflateSync(body, LENIENT));
    yield* tried(() => inflateRawSync(body, LENIENT));
  }
}

function* tried(unpack) {
  try { yield unpack(); } catch { /* it was not packed like that */ }
}

/** The data blocks of a table of LevelDB. */
function tableBlocks(bytes) {
  const footer = bytes.subarray(-48);
  let at = 0;
  const handle = (from) => {
    const [offset, next] = varint(from, at);
    const [size, end] = varint(from, next);
    at = end;
    return { offset, size };
  };
  handle(footer); // that of the block of filters
  const index = block(bytes, handle(footer));
  if (!index) return [];
  const blocks = [index];
  const end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  for (let place = 0; place < end;) {
    const [, unshared] = varint(index, place);
    const [keyLength, valueLength] = varint(index, unshared);
    const [size, key] = varint(index, valueLength);
    at = 0;
    const found = block(bytes, handle(index.subarray(key + keyLength, key + keyLength + size)));
    if (found) blocks.push(found);
    place = key + keyLength + size;
  }
  return blocks;
}

function block(bytes, { offset, size }) {
  const packed = bytes.subarray(offset, offset + size);
  if (bytes[offset + size] !== 1) return packed;
  try { return unsnap(packed, 0); } catch { return undefined; }
}

/** The records of a log of LevelDB, put together: they are cut where its pages end. */
function logRecords(bytes) {
  const parts = [];
  for (let page = 0; page < bytes.length; page += LOG_BLOCK) {
    const end = Math.min(page + LOG_BLOCK, bytes.length);
    for (let at = page; at + 7 <= end;) {
      const length = bytes.readUInt16LE(at + 4);
      if (length === 0 && bytes[at + 6] === 0) break;
      parts.push(bytes.subarray(at + 7, Math.min(at + 7 + length, end)));
      at += 7 + length;
    }
  }
  return Buffer.concat(parts);
}

/** Unpacks snappy's raw format. */
export function unsnap(packed, from) {
  let [length, at] = varint(packed, from);
  if (length > LARGEST) throw new Error('not snappy');
  const out = Buffer.alloc(length);
  let to = 0;
  while (to < length) {
    const tag = packed[at++];
    if (tag === undefined) throw new Error('cut off');
    if ((tag & 3) === 0) {
      let size = tag >> 2;
      if (size >= 60) {
        const bytes = size - 59;
        size = packed.readUIntLE(at, bytes);
        at += bytes;
      }
      to += packed.copy(out, to, at, at + size + 1);
      at += size + 1;
      continue;
    }
    const [size, offset, width] = [
      undefined,
      () => [((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | packed[at], 1],
      () => [(tag >> 2) + 1, packed.readUInt16LE(at), 2],
      () => [(tag >> 2) + 1, packed.readUInt32LE(at), 4],
    ][tag & 3]();
    at += width;
    if (offset === 0 || offset > to) throw new Error('not snappy');
    for (let copied = 0; copied < size && to < length; copied += 1, to += 1) out[to] = out[to - offset];
  }
  return out;
}

function varint(bytes, from) {
  let [value, at] = [0, from];
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new Error('cut off');
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
  }
}

function* places(bytes, sought) {
  for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + 1)) yield at;
}

/**
 * Which of the texts stand anywhere in a folder: Map of text → path. Texts that share one of the `stems` are
 * sought by it, all at once; others one by one.
 */
export function search(folder, texts, stems) {
  const found = new Map();
  const stemmed = new Set(texts.filter((text) => stems.some((stem) => text.startsWith(stem))));
  const lengths = [...new Set([...stemmed].map((text) => text.length))];
  const others = texts.filter((text) => !stemmed.has(text));
  for (const [path, bytes] of contents(folder)) {
    for (const encoding of ['utf8', 'utf16le', 'latin1']) {
      const width = encoding === 'utf16le' ? 2 : 1;
      for (const stem of stems) {
        for (const at of places(bytes, Buffer.from(stem, encoding))) {
          for (const length of lengths) {
            const text = bytes.subarray(at, at + length * width).toString(encoding);
            if (stemmed.has(text)) found.set(text, path);
          }
        }
      }
      for (const text of others) {
        if (!found.has(text) && bytes.includes(Buffer.from(text, encoding))) found.set(text, path);
      }
    }
  }
  return found;
}
