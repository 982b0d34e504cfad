import { isUtf8 } from 'node:buffer';
import { type Dropped, malformed } from './tlv.ts';

/** The text that octets spell in UTF-8. It may be empty, and hold control characters: some switches end it with NUL. */
export function octetText(octets: Buffer): { readonly text: string } | Dropped {
  return isUtf8(octets) ? { text: octets.toString('utf8') } : malformed('expected text in UTF-8');
}
