/**
 * Runs inside a network namespace: serves boot files, and writes down whatever is posted, a line of JSON each, on standard
 * output. Arguments: folder of the boot files, address, port.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { serveBootFile } from '../../lab/machine/boot-file-server.ts';

const [folder = '', address = '', port = ''] = process.argv.slice(2);

const tell = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);

const server = createServer((request, response) => {
  if (serveBootFile(folder, request, response)) tell({ fetched: request.url });
  else void record(request, response);
});

async function record(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request;
  const body = await text(request);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"uuid":"11111111-2222-3333-4444-555555555555"}');
  tell({ posted: { method, url, headers, body } });
}

server.listen(Number(port), address, () => tell({ listening: true }));
