import { createHash } from 'node:crypto';

/** MD5 of a text as UTF-8, in hexadecimal: what Swift calls an object's ETag. It compares, and protects nothing. */
export function textDigest(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
