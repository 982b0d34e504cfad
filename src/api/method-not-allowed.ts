import { errorMessageReply } from './error-response.ts';
import { type HttpReply, type HttpRequest, headerOf } from './http-message.ts';

const sentence = 'The method is not allowed for the requested URL.';

/** The original's page, byte by byte. */
const page = `<!doctype html>
<html lang=en>
<title>405 Method Not Allowed</title>
<h1>Method Not Allowed</h1>
<p>${sentence}</p>
`;

/**
 * The answer to a method that a path does not have: the original's page, but a JSON error for who asks for JSON
 * (docs/compatibility.md, method-not-allowed-json), as the clients do.
 */
export function methodNotAllowed(request: Pick<HttpRequest, 'headers'>): HttpReply {
  const accepted = headerOf(request, 'accept') ?? '';
  if (/\bjson\b/i.test(accepted)) return errorMessageReply(405, `405 Method Not Allowed: ${sentence}`);
  return { status: 405, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page };
}
