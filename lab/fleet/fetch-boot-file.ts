import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type TftpRequest, tftpGet } from './tftp-get.ts';

/**
 * Fetches what a machine boots, by TFTP or HTTP as its URL says.
 *
 * @returns the file
 * @throws Error when there is none, or no answer
 */
export async function fetchBootFile(url: URL, request: TftpRequest): Promise<Buffer> {
  if (url.protocol === 'tftp:') return tftpGet(url, request);
  const { from, signal } = request;
  const asked = get(url, { agent: false, signal, ...(from === undefined ? {} : { localAddress: from }) });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const file = await buffer(response);
  if (response.statusCode !== 200) throw new Error(`${url.href} answered ${response.statusCode}`);
  return file;
}
