import { hash } from 'node:crypto';

/** What a document is known by: SHA-256 of its text, hexadecimal. */
export function digestOf(text: string): string {
  return hash('sha256', text);
}
