import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { type ParsedJson, parseJson } from '../../json/parse-json.ts';

/**
 * What is in a file of YAML or JSON. `1` and `1.0` are told apart, as they are in rules that come through the API.
 *
 * @throws InspectorError `invalid` naming the file, for what is neither.
 */
export async function readYaml(file: string, bytes: Buffer): Promise<ParsedJson> {
  const { parse } = await import('yaml');
  let content: unknown;
  try {
    content = parse(bytes.toString(), { version: '1.1', intAsBigInt: true });
  } catch (cause) {
    const [reason] = messageOf(cause).split('\n');
    throw new InspectorError('invalid', `${file}: expected JSON or YAML: ${reason}`, { cause });
  }
  return parseJson(Buffer.from(jsonOf(content)));
}

function jsonOf(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && Number.isInteger(value))
    return Number.isSafeInteger(value) ? `${value}.0` : String(value);
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return JSON.stringify(value) ?? 'null';
  }
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${jsonOf(member)}`);
  return `{${members.join(',')}}`;
}
