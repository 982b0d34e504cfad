import { setTimeout as wait } from 'node:timers/promises';
import { defaultsOf } from '../../../src/config/option.ts';
import { nodeNotFoundHookBuiltIns } from '../../../src/hooks/node-not-found/built-ins.ts';
import { discoveryOptions } from '../../../src/hooks/node-not-found/enroll.ts';
import type { Introspection } from '../../../src/introspection/introspection.ts';
import { swiftDataStore } from '../../../src/introspection-data/swift-store.ts';
import { ironicOptions } from '../../../src/ironic/ironic-options.ts';
import { openIronic } from '../../../src/ironic/open-ironic.ts';
import { ExactNumbers } from '../../../src/json/exact-numbers.ts';
import {
  type HttpRequest,
  type HttpTransport,
  undiciTransport,
} from '../../../src/keystone/http-transport.ts';
import { NoAnswer } from '../../../src/keystone/no-answer.ts';
import { silentLogger } from '../../../src/logging/logger.ts';
import { openSwift } from '../../../src/swift/open-swift.ts';
import { swiftOptions } from '../../../src/swift/swift-options.ts';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { type FakeKeystone, fakeKeystone } from '../../../testing/fake-keystone.ts';
import { type FakeSwift, fakeSwift } from '../../../testing/fake-swift.ts';
import { builtInHooks, hookOptions } from '../../../testing/hook-pipeline.ts';
import {
  type IntrospectionUnderTest,
  introspectionUnderTest,
} from '../../../testing/introspection-builder.ts';
import { type IronicStandIn, ironicStandIn } from '../../../testing/ironic-stand-in.ts';
import { type FaultName, faultClasses, shortTimeout } from './fault.ts';

/** Which requests something goes wrong with. */
export interface Trouble {
  readonly service: 'ironic' | 'keystone' | 'swift';
  /** Of `<method> <path and query>`. */
  readonly pattern: RegExp;
  /** How many that match go well before. */
  readonly after?: number;
}

/** Introspection in front of an Ironic, a Keystone and a Swift, all over real HTTP and with tokens. */
export interface FaultWorld {
  readonly ironic: IronicStandIn;
  readonly keystone: FakeKeystone;
  readonly swift: FakeSwift;
  readonly test: IntrospectionUnderTest;
  /** With clients that have neither a token nor the versions of Ironic yet. */
  on(changes?: Partial<Introspection>): Introspection;
  /** Lets requests meet a fault, `times` of them or all. */
  trouble(trouble: Trouble, fault: FaultName, times: number): void;
  /** All is well from now on. */
  heal(): void;
  close(): Promise<void>;
}

/** Nothing listens there. */
const closedPort = 'http://127.0.0.1:1';

interface Detour {
  readonly pattern: RegExp;
  readonly fault: FaultName;
  skip: number;
  left: number;
}

/** A rule that leaves a trait and takes one, so that each call of Ironic has a cause. */
const traitsRule = {
  uuid: '6f1d1b6c-0d4e-4ee8-8f2b-1f5a5a1d0b11',
  description: null,
  scope: null,
  conditions: [],
  actions: [
    { action: 'add-trait', params: { name: 'CUSTOM_SEEN' } },
    { action: 'remove-trait', params: { name: 'CUSTOM_NEW' } },
  ],
  exactNumbers: new ExactNumbers(),
};

export async function faultWorld(): Promise<FaultWorld> {
  let isValid: (token: string | undefined) => boolean = () => true;
  const ironic = await ironicStandIn({
    isRecording: false,
    accepts: (headers) => isValid(String(headers['x-auth-token'])),
  });
  const swift = await fakeSwift((token) => isValid(token));
  const catalogue = [
    ['baremetal', ironic.url],
    ['object-store', swift.url],
  ] as const;
  const keystone = await fakeKeystone({
    catalog: catalogue.map(([type, url]) => ({
      type,
      name: type,
      endpoints: [{ interface: 'internal', region: 'RegionOne', region_id: 'RegionOne', url }],
    })),
  });
  isValid = (token) => keystone.isValid(token);
  const hooks = builtInHooks(
    'ramdisk_error,root_disk_selection,scheduler,validate_interfaces,capabilities',
    hookOptions({ 'processing.add_ports': 'all', 'processing.keep_ports': 'present' }),
  );
  const test = await introspectionUnderTest(new FakeBareMetal(), {
    hooks,
    rules: { all: async () => [traitsRule] },
  });
  const detours: Detour[] = [];
  const transport = troubledTransport(detours);
  const clients = { wait: async () => {}, random: () => 0, log: silentLogger(), transport };
  const now = () => test.clock.now();
  const on = (changes: Partial<Introspection> = {}): Introspection => {
    const settings = credentials(keystone.url);
    const bareMetal = openIronic(
      { ...defaultsOf(ironicOptions), ...settings, max_retries: 2 },
      { ...clients, now },
    ).service;
    const store = openSwift({ ...defaultsOf(swiftOptions), ...settings }, { ...clients, now });
    return { ...test.on, bareMetal, data: swiftDataStore(store), ...changes };
  };
  const services = { keystone, swift };
  return {
    ironic,
    keystone,
    swift,
    test,
    on,
    trouble({ service, pattern, after = 0 }, fault, times) {
      const { ironic: inIronic, other } = faultClasses[fault];
      detours.push({ pattern, fault, skip: after, left: times });
      if (service === 'ironic') {
        if (inIronic !== undefined) ironic.fail(pattern, inIronic, times, after);
      } else if (other !== undefined) {
        if (times === 1) services[service].failOn(pattern, other);
        else services[service].failAlways(pattern, other);
      }
    },
    heal() {
      detours.length = 0;
      ironic.heal();
      for (const service of [keystone, swift]) service.heal();
    },
    async close() {
      await transport.end();
      for (const service of [ironic, keystone, swift]) await service.close();
    },
  };
}

/** The user that the fake Keystone knows. */
export function enrollHook() {
  return nodeNotFoundHookBuiltIns.get('enroll')?.({ discovery: defaultsOf(discoveryOptions) });
}

function credentials(authUrl: string) {
  return {
    auth_url: authUrl,
    username: 'inspector',
    password: 'secret',
    user_domain_name: 'Default',
    project_name: 'service',
    project_domain_name: 'Default',
  };
}

/**
 * Only what is to be late is given up soon, so that a busy machine does not make other requests late. The timers of
 * undici are too coarse for that.
 */
function troubledTransport(detours: readonly Detour[]): HttpTransport & { end(): Promise<void> } {
  const settings = { section: 'test', cafile: null, certfile: null, keyfile: null, insecure: false };
  const real = undiciTransport({ ...settings, timeoutSeconds: 30 });
  const impatiently = async (request: HttpRequest) => {
    const { method, url } = request;
    const late = Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
    const sending = real.send(request);
    sending.catch(() => {});
    return Promise.race([
      sending,
      wait(shortTimeout).then(() => {
        throw new NoAnswer(`${method} ${url}`, late);
      }),
    ]);
  };
  return {
    send(request) {
      const { pathname, search, origin } = new URL(request.url);
      const line = `${request.method} ${pathname}${search}`;
      const met = detours.find(({ pattern, left }) => left > 0 && pattern.test(line));
      if (met === undefined || --met.skip >= 0) return real.send(request);
      met.left -= 1;
      if (met.fault === 'refused')
        return real.send({ ...request, url: request.url.replace(origin, closedPort) });
      return met.fault === 'late' || met.fault === 'slow' ? impatiently(request) : real.send(request);
    },
    close: async () => {},
    async end() {
      await real.close();
    },
  };
}
