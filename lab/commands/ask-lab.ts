import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { InspectorError, messageOf } from '../../src/errors/inspector-error.ts';
import type { LabFolder } from '../setup/lab-folder.ts';
import type { LabStatus } from '../supervisor/lab-status.ts';

/** @throws InspectorError `unavailable` when the lab does not answer */
export async function askStatus(folder: LabFolder): Promise<LabStatus> {
  return (await ask(folder, 'GET', '/status')) as LabStatus;
}

/** Switches a machine. @throws InspectorError `invalid` with what the lab says */
export async function askPower(folder: LabFolder, machine: string, action: string): Promise<void> {
  await ask(folder, 'POST', `/power/${encodeURIComponent(machine)}/${encodeURIComponent(action)}`);
}

async function ask({ control }: LabFolder, method: string, path: string): Promise<unknown> {
  const asked = request({ socketPath: control, method, path, agent: false });
  asked.end();
  const [answer] = await once(asked, 'response').catch((error: unknown) => {
    throw new InspectorError('unavailable', `The lab does not answer: ${messageOf(error)}`, { cause: error });
  });
  const response = answer as IncomingMessage;
  const body = JSON.parse(await text(response)) as { readonly error?: string };
  if (response.statusCode === 200) return body;
  throw new InspectorError('invalid', body.error ?? `The lab answered with ${response.statusCode}.`);
}
