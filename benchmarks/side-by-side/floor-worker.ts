/**
 * The floor: the least that any service of this kind does for a callback, over the same HTTP and on the same disk. It
 * parses the document, finds the node by its MAC addresses, asks Ironic for the node and its ports, sends one change
 * of the node, and stores the document and the end state with one durable commit. It checks nothing.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'undici';

const [port = '0', path = '', bareMetalUrl = ''] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS nodes (uuid TEXT PRIMARY KEY, state TEXT, finished_at TEXT, error TEXT);
  CREATE TABLE IF NOT EXISTS attributes (value TEXT PRIMARY KEY, node TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS introspection_data (uuid TEXT PRIMARY KEY, data TEXT);
`);
const statements = {
  start: database.prepare(`INSERT OR REPLACE INTO nodes VALUES (?, 'waiting', NULL, NULL)`),
  know: database.prepare('INSERT OR REPLACE INTO attributes VALUES (?, ?)'),
  find: database.prepare('SELECT node FROM attributes WHERE value = ?'),
  forget: database.prepare('DELETE FROM attributes WHERE value = ?'),
  store: database.prepare('INSERT OR REPLACE INTO introspection_data VALUES (?, ?)'),
  finish: database.prepare(`UPDATE nodes SET state = 'finished', finished_at = ? WHERE uuid = ?`),
};
const ironic = new Pool(bareMetalUrl, { connections: 128 });
const version = { 'x-openstack-ironic-api-version': '1.68', 'content-type': 'application/json' };

const server = createServer((incoming, response) => {
  serve(incoming, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
});
server.listen(Number(port), '127.0.0.1', 4096);

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [, started] = /^\/v1\/introspection\/([^?]+)/.exec(incoming.url ?? '') ?? [];
  if (started !== undefined) await start(started);
  const body = incoming.url === '/v1/continue' ? await callBack(Buffer.concat(chunks).toString()) : {};
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': text.length };
  response.writeHead(started === undefined ? 200 : 202, headers).end(text);
}

async function start(uuid: string): Promise<void> {
  const { ports } = await ask('GET', `/v1/ports?node=${uuid}`);
  database.exec('BEGIN');
  statements.start.run(uuid);
  for (const { address } of ports) statements.know.run(address, uuid);
  database.exec('COMMIT');
}

async function callBack(text: string): Promise<{ uuid: string }> {
  const { inventory } = JSON.parse(text);
  const macs: string[] = inventory.interfaces.map((nic: { mac_address: string }) => nic.mac_address);
  const known = macs.filter((mac) => statements.find.get(mac) !== undefined);
  const uuid = String(statements.find.get(known[0] ?? '')?.node);
  await Promise.all([ask('GET', `/v1/nodes/${uuid}`), ask('GET', `/v1/ports?node=${uuid}`)]);
  const properties = {
    cpus: String(inventory.cpu.count),
    cpu_arch: inventory.cpu.architecture,
    memory_mb: String(inventory.memory.physical_mb),
    local_gb: String(Math.floor(inventory.disks[0].size / 2 ** 30) - 1),
  };
  const change = Object.entries(properties).map(([name, value]) => ({
    op: 'add',
    path: `/properties/${name}`,
    value,
  }));
  await ask('PATCH', `/v1/nodes/${uuid}`, JSON.stringify(change));
  database.exec('BEGIN');
  statements.store.run(uuid, text);
  for (const mac of known) statements.forget.run(mac);
  statements.finish.run(new Date().toISOString().replace('T', ' ').replace('Z', '000'), uuid);
  database.exec('COMMIT');
  return { uuid };
}

/** Of other answers nothing is read. */
interface PortsAnswer {
  readonly ports: readonly { readonly address: string }[];
}

async function ask(method: 'GET' | 'PATCH', where: string, body?: string): Promise<PortsAnswer> {
  const answer = await ironic.request({ method, path: where, headers: version, body: body ?? null });
  if (answer.statusCode >= 300)
    throw new Error(`${method} ${where}: ${answer.statusCode} ${await answer.body.text()}`);
  return (await answer.body.json()) as PortsAnswer;
}
