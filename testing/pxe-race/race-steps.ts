import { setTimeout as wait } from 'node:timers/promises';
import type { SeededRandom } from '../seeded-random.ts';
import {
  type EventName,
  eventNames,
  learn,
  type RaceEvent,
  type RaceParts,
  raceEvents,
} from './race-events.ts';
import type { RaceFilter } from './race-filter.ts';
import { cardsOf, type Machine, type RaceModel, type Variant, variants } from './race-model.ts';

/** What a schedule works on. */
export interface RaceOn extends RaceParts {
  readonly filter: RaceFilter;
  readonly random: SeededRandom;
  /** What has been done, for people. */
  readonly told: string[];
  readonly counts: Map<string, number>;
}

/** The longest that events go on before the service is ended, in milliseconds. */
const longestHead = 40;

/** One random step: events of some machines at once; now and then with an end of the service, or of the peace. */
export async function randomStep(on: RaceOn): Promise<void> {
  const roll = on.random.below(100);
  if (roll < 4) await cutEvents(on, on.random.once(4) ? 'SIGTERM' : 'SIGKILL');
  else if (roll < 6) await restart(on, on.random.pick(variants));
  else if (roll < 9) await damage(on);
  else await manyEvents(on);
}

interface Chosen {
  readonly machine: Machine;
  readonly name: EventName;
  readonly event: RaceEvent;
}

async function manyEvents(on: RaceOn): Promise<void> {
  const chosen = choose(on, () => true);
  const what = noted(on, namesOf(chosen));
  const others = untouched(on.model, chosen);
  await on.checks.meanwhile(others, what, () => allOf(chosen.map((each) => run(on, each))));
  await on.checks.now(on.model.macs, `after ${what}`);
}

/** The service is ended while events go on, and started again. */
async function cutEvents(on: RaceOn, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const chosen = choose(on, ({ mayBeCut }) => mayBeCut === true);
  const head = on.random.below(longestHead);
  const what = noted(on, `${namesOf(chosen)}, and ${signal} after ${head} ms`);
  const { service, model, checks } = on;
  await checks.meanwhile(untouched(model, chosen), what, async () => {
    // Those that are cut fail, as they should.
    const events = Promise.allSettled(chosen.map((each) => run(on, each)));
    await wait(head);
    await service.end(signal);
    await events;
    await service.start(model.variant, signal);
    await allOf(chosen.map(({ machine }) => learn(on, machine)));
  });
  await checks.now(model.macs, `after ${what}`);
}

/** The service is ended and started again, with other options or the same. */
export async function restart(on: RaceOn, variant: Variant): Promise<void> {
  const { service, model, checks, random } = on;
  const signal = random.pick(['SIGTERM', 'SIGKILL'] as const);
  const what = noted(on, `${signal} and a start as ${variant}`);
  const others = variant === model.variant ? model.macs : model.macs.filter((mac) => model.isKnown(mac));
  await checks.meanwhile(others, what, async () => {
    await service.end(signal);
    await service.start(variant, signal);
  });
  model.variant = variant;
  await checks.now(model.macs, `after ${what}`);
}

/** Somebody else changes what is in force, which the next sync repairs. */
async function damage(on: RaceOn): Promise<void> {
  const what = noted(on, `damage: ${on.filter.damage(on.random)}`);
  await on.service.fullSync();
  await on.checks.now(on.model.macs, `after ${what}`);
}

/** All machines idle, with the ports that they began with. */
export async function tidy(on: RaceOn): Promise<void> {
  for (const name of ['abort', 'time-out', 'port removed', 'node removed', 'node made'] as const) {
    const event = raceEvents[name];
    const machines = on.model.machines.filter(
      (machine) =>
        event.isPossible(machine, on.model) &&
        (!name.startsWith('node') || machine.isVisitor === (name === 'node removed')),
    );
    await allOf(machines.map((machine) => event.run(on, machine, on.random)));
  }
  await on.checks.now(on.model.macs, 'with all machines idle');
}

function choose({ model, random }: RaceOn, isWanted: (event: RaceEvent) => boolean): Chosen[] {
  const events = eventNames
    .map((name) => ({ name, event: raceEvents[name] }))
    .filter(({ event }) => isWanted(event));
  const left = [...model.machines];
  return Array.from({ length: 1 + random.below(3) }, () => {
    const [machine] = left.splice(random.below(left.length), 1);
    if (machine === undefined) return [];
    const possible = events.filter(({ event }) => event.isPossible(machine, model));
    const tickets = possible.flatMap((one) => Array.from({ length: one.event.weight }, () => one));
    return tickets.length === 0 ? [] : [{ machine, ...random.pick(tickets) }];
  }).flat();
}

async function run(on: RaceOn, { machine, name, event }: Chosen): Promise<void> {
  await event.run(on, machine, on.random);
  on.counts.set(name, (on.counts.get(name) ?? 0) + 1);
}

/** Those that have to get the same answers all the time. */
function untouched(model: RaceModel, chosen: readonly Chosen[]): string[] {
  const touched = new Set(chosen.flatMap(({ machine }) => cardsOf(machine)));
  const others = model.machines.filter((machine) => chosen.every((each) => each.machine !== machine));
  const staysOpen = model.variant === 'discovery' || others.some(({ isUnderWay }) => isUnderWay);
  const staysClosed = !model.isOpen && chosen.every(({ event }) => event.opens !== true);
  const isSteady = staysOpen || staysClosed || model.variant === 'allow-list';
  return model.macs.filter((mac) => !touched.has(mac) && (isSteady || model.isKnown(mac)));
}

/** When all are done, and not just the first that fails. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

function namesOf(chosen: readonly Chosen[]): string {
  const names = chosen.map(({ machine, name }) => `${name} of ${machine.name}`);
  return names.join(' with ') || 'nothing';
}

function noted({ told, counts, model }: RaceOn, what: string): string {
  const kind = /SIG(TERM|KILL)|damage/.exec(what)?.[0];
  if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  told.push(`${model.variant}: ${what}`);
  return what;
}
