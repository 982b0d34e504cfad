/**
 * Runs in the lab's network: has nodes inspected, and tells with times what happens. Arguments: `registry` or `real`, `wait`
 * or `start`, names of nodes. Ends with 1 when it went wrong for any of them.
 */

import { demoClient } from '../../src/commands/demo/demo-client.ts';
import { startProgress } from '../../src/commands/demo/progress.ts';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { labNetwork } from '../setup/lab-network.ts';
import { askIronic } from './ask-ironic.ts';
import { findingsText } from './findings-text.ts';
import { followIntrospection } from './follow-introspection.ts';

const [service = '', mode = '', ...names] = process.argv.slice(2);
const write = (text: string) => void process.stdout.write(text);
const progress = startProgress({ now: () => performance.now(), write });
const client = demoClient(labNetwork.serviceUrl);

async function inspect(name: string): Promise<boolean> {
  const before = await client.get(`/v1/introspection/${name}`).catch(() => ({}));
  if (service === 'real') await askIronic(name);
  else await client.post(`/v1/introspection/${name}`);
  progress.tell(`${name}: introspection is asked for${service === 'real' ? ' by Ironic' : ''}`);
  if (mode === 'start') return true;
  return followIntrospection({ name, client, progress, before });
}

try {
  const ended = await Promise.all(names.map(inspect));
  if (mode === 'wait') {
    for (const [index, name] of names.entries()) if (ended[index]) write(await findingsText(name, client));
  }
  process.exitCode = ended.includes(false) ? 1 : 0;
} catch (error) {
  if (!(error instanceof InspectorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
