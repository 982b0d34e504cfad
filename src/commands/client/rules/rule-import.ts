import { InspectorError, messageOf } from '../../../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import { pythonStr } from '../../../json/python-repr.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { objectIn } from '../connection/inspector-api.ts';
import { readInput } from '../read-input.ts';

/** Creates rules from a file. */
export const ruleImportCommand: CommandDefinition = {
  words: ['introspection', 'rule', 'import'],
  help: 'create the introspection rules of a file',
  details:
    'The file holds one rule or a list of rules, as JSON or YAML. They are created in their order, and the first that ' +
    'is refused ends it.',
  arguments: [{ name: 'file', help: 'file of rules; - for standard input', completes: 'file' }],
  output: 'list',
  async run(given, on) {
    const file = given.argument('file');
    const rules = await rulesIn(file, readInput(file, on.console));
    const created: JsonObject[] = [];
    for (const rule of rules) {
      try {
        const answer = await on.api().read({ method: 'POST', path: ['rules'], body: rule });
        created.push(objectIn(answer.value));
      } catch (error) {
        throw rules.length > 1 ? located(error, created, rules) : error;
      }
    }
    return { kind: 'list', columns: ['UUID', 'Description'], rows: created.map(rowOf) };
  },
};

/** What lists of rules show of one. */
export function rowOf({ uuid, description }: JsonObject): JsonValue[] {
  return [uuid ?? null, description ?? null];
}

/** @throws InspectorError `invalid` for a file that has no rules in it. */
async function rulesIn(file: string, bytes: Buffer): Promise<JsonObject[]> {
  const { parse } = await import('yaml');
  let content: JsonValue;
  try {
    // JSON is YAML; 1.1 as the original's client reads it.
    content = parse(bytes.toString(), { version: '1.1' }) as JsonValue;
  } catch (cause) {
    const [reason] = messageOf(cause).split('\n');
    throw new InspectorError('invalid', `${file}: expected JSON or YAML: ${reason}`, { cause });
  }
  const rules = Array.isArray(content) ? content : [content];
  const wrong = rules.findIndex((rule) => !isObject(rule));
  if (wrong < 0) return rules.filter(isObject);
  const which = Array.isArray(content) ? `rule ${wrong + 1} is none` : 'the file has none';
  throw new InspectorError('invalid', `${file}: expected a rule, an object, or a list of rules; ${which}`);
}

function located(error: unknown, created: readonly JsonObject[], rules: readonly JsonObject[]): unknown {
  if (!(error instanceof InspectorError)) return error;
  const uuids = created.map(({ uuid }) => pythonStr(uuid ?? null)).join(', ');
  const done = created.length === 0 ? 'none was created' : `created before: ${uuids}`;
  const where = `Rule ${created.length + 1} of ${rules.length}`;
  return new InspectorError(error.kind, `${where}: ${error.message} (${done})`, { cause: error });
}
