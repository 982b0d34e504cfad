import { nodeUuid } from '../../../src/api/node-identifier.ts';
import { InspectorError, messageOf } from '../../../src/errors/inspector-error.ts';
import { statusOf } from '../../../src/errors/status-of.ts';
import { abortIntrospection } from '../../../src/introspection/abort.ts';
import { continueIntrospection } from '../../../src/introspection/continue.ts';
import { forgetGone } from '../../../src/introspection/forget-gone.ts';
import type { Introspection } from '../../../src/introspection/introspection.ts';
import { reapply } from '../../../src/introspection/reapply.ts';
import { startIntrospection } from '../../../src/introspection/start.ts';
import { posted } from '../../../testing/introspection-builder.ts';
import { type NumberedMachine, numberedMachine } from '../../../testing/numbered-machine.ts';
import { enrollHook, type FaultWorld } from './fault-world.ts';

/** What a client is told. */
export interface Answer {
  readonly status: number;
  /** Empty for a success. */
  readonly message: string;
}

/** One machine that a flow is tried with. */
export interface Subject {
  readonly world: FaultWorld;
  readonly machine: NumberedMachine;
  /** The node; for a machine that is not known yet, the one that it gets. */
  uuid: string;
  /** With clients that have tokens; the faults of their first requests need others. */
  on: Introspection;
}

/** One way through introspection, with what calls for it beforehand. */
export interface Flow {
  readonly title: string;
  /** What a client asks for. */
  readonly request: string;
  prepare(subject: Subject): Promise<void>;
  act(subject: Subject): Promise<Answer>;
  /** When all is well. */
  readonly well: { readonly status: number; readonly state: string };
}

/** The answer that the API gives. */
async function answered(status: number, asked: Promise<unknown>): Promise<Answer> {
  try {
    await asked;
    return { status, message: '' };
  } catch (error) {
    const code = error instanceof InspectorError ? statusOf(error.kind) : 500;
    return { status: code, message: messageOf(error) };
  }
}

/** A machine of its own number, unknown to everybody. */
export function subjectIn(world: FaultWorld, number: number): Subject {
  return { world, machine: numberedMachine(number), uuid: '', on: world.on() };
}

/** The name of the machine's node. */
export function nodeNameOf({ macs }: NumberedMachine): string {
  return `machine-${macs[0].replaceAll(':', '-')}`;
}

/** The clients of a service that has just come up: without a token, and without the versions of Ironic. */
export function withNewClients(subject: Subject): void {
  const { nodeNotFoundHook, settings } = subject.on;
  subject.on = subject.world.on({ nodeNotFoundHook, settings });
}

/**
 * The token of the client of Ironic is not good any more when the work in the background begins. Swift, which has a
 * token of its own, has no part in it.
 */
export function withTokenThatExpires(subject: Subject): void {
  const { background } = subject.on;
  const submit: typeof background.submit = (description, work, log) =>
    background.submit(
      description,
      async () => {
        subject.world.keystone.revokeAll();
        await work();
      },
      log,
    );
  subject.on = { ...subject.on, data: subject.world.test.on.data, background: { submit } };
}

/** Gives the machine a node, with two ports that it has and one that it has not. */
async function register(subject: Subject, fields = {}): Promise<void> {
  const { world, machine } = subject;
  const stray = machine.macs[0].replace('52:54', '52:55');
  const { uuid } = world.ironic.add({ name: nodeNameOf(machine), ...fields }, [
    machine.macs[0],
    machine.macs[1],
    stray,
  ]);
  world.ironic.state.traits.set(uuid, new Set(['CUSTOM_NEW']));
  subject.uuid = uuid;
}

/** Starts, and waits until the machine may come. */
export async function start(subject: Subject, manageBoot = true): Promise<Answer> {
  const { on, uuid, world } = subject;
  const answer = await answered(202, startIntrospection(on, uuid, { manageBoot }));
  await world.test.settled();
  return answer;
}

/** The machine's ramdisk comes. */
export async function callBack(subject: Subject): Promise<Answer> {
  const { on, machine, world } = subject;
  const answer = await answered(200, continueIntrospection(on, posted(machine.data())));
  await world.test.settled();
  return answer;
}

/** The stored data, or some of its own, once more. */
export async function again(subject: Subject, supplied: boolean): Promise<Answer> {
  const { on, uuid, machine, world } = subject;
  const answer = await answered(202, reapply(on, uuid, supplied ? posted(machine.data()) : undefined));
  await world.test.settled();
  return answer;
}

async function waiting(subject: Subject): Promise<void> {
  await register(subject);
  await start(subject);
}

/** It has been inspected, and then somebody changed what was found. */
async function finished(subject: Subject): Promise<void> {
  await waiting(subject);
  await callBack(subject);
  subject.world.ironic.state.patchNode(subject.uuid, [
    { op: 'replace', path: '/properties/cpus', value: '1' },
  ]);
}

const reapplying = { request: 'POST /v1/introspection/<node>/data/unprocessed', prepare: finished } as const;
const calling = {
  request: 'POST /v1/continue',
  act: callBack,
  well: { status: 200, state: 'finished' },
} as const;

/** All flows that call other services. */
export const flows = {
  start: {
    title: 'start',
    request: 'POST /v1/introspection/<node>',
    prepare: register,
    act: start,
    well: { status: 202, state: 'waiting' },
  },
  unmanaged: {
    title: 'start, boot not managed',
    request: 'POST /v1/introspection/<node>?manage_boot=false',
    prepare: register,
    act: (subject) => start(subject, false),
    well: { status: 202, state: 'waiting' },
  },
  continue: { title: 'continue', prepare: waiting, ...calling },
  finish: { title: 'finish', prepare: waiting, ...calling },
  abort: {
    title: 'abort',
    request: 'POST /v1/introspection/<node>/abort',
    prepare: waiting,
    async act({ on, uuid, world }) {
      const answer = await answered(202, abortIntrospection(on, uuid));
      await world.test.settled();
      return answer;
    },
    well: { status: 202, state: 'error' },
  },
  reapply: {
    title: 'reapply of stored data',
    ...reapplying,
    act: (subject) => again(subject, false),
    well: { status: 202, state: 'finished' },
  },
  supplied: {
    title: 'reapply of data that is supplied',
    ...reapplying,
    act: (subject) => again(subject, true),
    well: { status: 202, state: 'finished' },
  },
  enroll: {
    title: 'discovery by the enroll hook',
    ...calling,
    async prepare(subject) {
      subject.on = { ...subject.on, nodeNotFoundHook: enrollHook() };
    },
    async act(subject) {
      const answer = await callBack(subject);
      subject.uuid = madeFor(subject)[0] ?? '';
      return answer;
    },
  },
  active: {
    title: 'a node in use',
    ...calling,
    async prepare(subject) {
      const { machine } = subject;
      await register(subject, {
        provision_state: 'active',
        driver_info: { ipmi_address: machine.bmcAddress },
      });
      const settings = { ...subject.on.settings, permitActive: true };
      subject.on = { ...subject.on, settings };
    },
  },
  named: {
    title: 'status by name, and whatever else has a name in its path',
    request: 'GET /v1/introspection/<name>',
    prepare: waiting,
    act: async ({ on, machine }) => answered(200, nodeUuid(nodeNameOf(machine), on.bareMetal)),
    well: { status: 200, state: 'waiting' },
  },
  data: {
    title: 'data',
    request: 'GET /v1/introspection/<node>/data',
    prepare: finished,
    act: async ({ on, uuid }) => answered(200, on.data.get(uuid, 'processed')),
    well: { status: 200, state: 'finished' },
  },
  sync: {
    title: 'sync with Ironic',
    request: 'every [DEFAULT]clean_up_period seconds',
    async prepare(subject) {
      await waiting(subject);
      subject.world.ironic.state.removeNode(subject.uuid);
    },
    act: ({ on }) => answered(200, forgetGone(on)),
    well: { status: 200, state: '' },
  },
} as const satisfies Record<string, Flow>;

/** The nodes of Ironic that are the machine's. */
export function madeFor({ world, machine }: Subject): string[] {
  const nodes = [...world.ironic.state.nodes.values()];
  return nodes
    .filter(({ driver_info: info }) => info.ipmi_address === machine.bmcAddress)
    .map(({ uuid }) => uuid);
}
