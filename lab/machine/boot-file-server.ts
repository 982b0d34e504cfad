import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bootFiles } from './network-boot.ts';

const names: readonly string[] = Object.values(bootFiles);

/**
 * Answers requests for boot files: GET and HEAD of the files that `writeBootFiles` makes. UEFI asks for the length first.
 *
 * @returns false when the request asks for something else, and is left to the caller
 */
export function serveBootFile(folder: string, request: IncomingMessage, response: ServerResponse): boolean {
  const name = request.url?.slice(1) ?? '';
  if (!names.includes(name) || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const path = join(folder, name);
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': statSync(path).size,
  });
  if (request.method === 'HEAD') response.end();
  // A machine that is switched off while it fetches is no fault.
  else pipeline(createReadStream(path), response).catch(() => response.destroy());
  return true;
}
