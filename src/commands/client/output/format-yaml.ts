import type { JsonValue } from '../../../json/json-value.ts';

/** YAML 1.1 in the style of the OpenStack client: names sorted, lists not indented. */
export async function formatYaml(value: JsonValue): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(value, {
    version: '1.1',
    indentSeq: false,
    singleQuote: true,
    sortMapEntries: true,
    aliasDuplicateObjects: false,
    nullStr: 'null',
  });
}
