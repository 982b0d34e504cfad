import type { HttpReply } from './http-message.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Sends the client to another URL with the same method and body. */
export function redirectReply(location: string): HttpReply {
  const url = location.replace(/[&<>"']/g, (character) => entities[character] ?? '');
  const body =
    '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
    `<p>You should be redirected automatically to the target URL: <a href="${url}">${url}</a>. If not, click the link.\n`;
  return { status: 308, headers: { 'Content-Type': 'text/html; charset=utf-8', Location: location }, body };
}
