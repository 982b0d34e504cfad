import { setTimeout as pause } from 'node:timers/promises';
import type { DemoClient } from '../../src/commands/demo/demo-client.ts';
import type { Progress } from '../../src/commands/demo/progress.ts';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue, objectsIn } from '../../src/json/json-value.ts';

/** An introspection that was asked for. */
export interface FollowedIntrospection {
  readonly name: string;
  readonly client: Pick<DemoClient, 'get'>;
  readonly progress: Pick<Progress, 'tell'>;
  /** Its status before; empty when there was none. */
  readonly before: JsonObject;
}

/** Milliseconds in which somebody else's order becomes an introspection. */
const patience = 60_000;

/**
 * Tells each stage of an introspection as it is reached, until the end.
 *
 * @returns whether it went well
 * @throws InspectorError `unavailable` when it does not begin
 */
export async function followIntrospection({
  name,
  client,
  progress,
  before,
}: FollowedIntrospection): Promise<boolean> {
  const told = new Set<unknown>();
  const deadline = performance.now() + patience;
  for (;;) {
    const status: JsonObject = await client.get(`/v1/introspection/${name}`).catch(() => ({}));
    const hasBegun = status.started_at !== undefined && status.started_at !== before.started_at;
    if (hasBegun) {
      const { stages } = await client.get(`/v1/introspection/${name}/timeline`);
      for (const stage of objectsIn(stages)) {
        if (told.has(stage.stage) || stage.stage === 'hook') continue;
        told.add(stage.stage);
        progress.tell(`${name}: ${stageText(stage)}`);
      }
      if (status.finished === true) {
        if (typeof status.error === 'string') progress.tell(`${name}: ${status.error}`);
        return status.error === null;
      }
    } else if (performance.now() > deadline) {
      throw new InspectorError(
        'unavailable',
        `The introspection of ${name} does not begin. See: npm run lab -- logs`,
      );
    }
    await pause(100);
  }
}

function stageText({ stage, evidence }: JsonObject): string {
  const facts = Object.entries(isObject(evidence) ? evidence : {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${valueText(value)}`);
  return [valueText(stage), ...(facts.length === 0 ? [] : [`(${facts.join(', ')})`])].join(' ');
}

function valueText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
