import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { InspectorError } from '../../../errors/inspector-error.ts';

/** Bytes; all authorities that a browser trusts have a quarter of that. */
const largestFile = 1024 * 1024;
/** The names that OpenSSL knows for it. */
const certificate = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/;

/**
 * The certificates that a BMC's own is checked against. Whoever may change a node names the file, so only a
 * regular one is read (neither a pipe, on which a reader hangs, nor a device, which has no end), and one
 * sentence serves for whatever is wrong with it, lest it tell which files there are.
 *
 * @throws InspectorError `invalid`.
 */
export async function readAuthorities(caFile: string): Promise<Buffer> {
  try {
    const content = await readRegularFile(caFile);
    if (content !== undefined && certificate.test(content.toString('latin1'))) return content;
  } catch (cause) {
    throw unreadable(cause);
  }
  throw unreadable();
}

/** `undefined` for what is no regular file, or too large. */
async function readRegularFile(path: string): Promise<Buffer | undefined> {
  // Opening alone can do something to a device.
  if (!(await stat(path)).isFile()) return undefined;
  // It may have been replaced since; then opening a pipe must not wait for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) return undefined;
    const buffer = Buffer.alloc(largestFile + 1);
    let size = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, size, buffer.length - size);
      size += bytesRead;
      if (size > largestFile) return undefined;
      if (bytesRead === 0) return buffer.subarray(0, size);
    }
  } finally {
    await file.close();
  }
}

function unreadable(cause?: unknown): InspectorError {
  return new InspectorError(
    'invalid',
    'driver_info/redfish_verify_ca: the file cannot be read: expected a PEM file of at most 1 MiB that this service may read',
    { cause },
  );
}
