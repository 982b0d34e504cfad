import type { TestContext } from 'node:test';
import { defaultsOf } from '../src/config/option.ts';
import { type IronicSettings, ironicOptions } from '../src/ironic/ironic-options.ts';
import { type IronicClient, openIronic } from '../src/ironic/open-ironic.ts';
import { type IronicStandIn, ironicStandIn, type StandInSettings } from './ironic-stand-in.ts';
import { type RecordingLogger, recordingLogger } from './recording-logger.ts';

/** A client of a stand-in, and what a test looks at. */
export interface ClientUnderTest extends Pick<IronicClient, 'service'> {
  readonly ironic: IronicStandIn;
  readonly log: RecordingLogger;
  /** Milliseconds that it waited for, each time. It did not really. */
  readonly waits: readonly number[];
  /** The requests to the stand-in but those for versions. */
  readonly calls: () => string[];
}

/** Opens a client without authentication that talks to a stand-in of its own; both go with the test. */
export async function ironicClientUnderTest(
  t: TestContext,
  settings: Partial<IronicSettings> = {},
  standIn: StandInSettings = {},
): Promise<ClientUnderTest> {
  const ironic = await ironicStandIn(standIn);
  t.after(() => ironic.close());
  const log = recordingLogger();
  const waits: number[] = [];
  const common = {
    ...defaultsOf(ironicOptions),
    auth_type: 'none',
    endpoint: ironic.url,
    connect_retries: 0,
  };
  const client = openIronic(
    { ...common, ...settings },
    { now: () => new Date(0), wait: async (time) => void waits.push(time), random: () => 0, log },
  );
  t.after(() => client.close());
  const calls = () => ironic.requests.filter((line) => line !== 'GET /' && line !== 'GET /v1/');
  return { service: client.service, ironic, log, waits, calls };
}
