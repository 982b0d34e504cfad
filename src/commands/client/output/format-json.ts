import type { JsonValue } from '../../../json/json-value.ts';

/** JSON as the OpenStack client prints it: two spaces deep, or in one line as Python writes that; ASCII only. */
export function formatJson(value: JsonValue, isIndented: boolean): string {
  return `${isIndented ? indented(value, '') : inline(value)}\n`;
}

function indented(value: JsonValue, margin: string): string {
  const inner = `${margin}  `;
  const around = (open: string, members: readonly string[], close: string) =>
    members.length === 0
      ? open + close
      : `${open}\n${members.map((member) => inner + member).join(',\n')}\n${margin}${close}`;
  if (Array.isArray(value)) {
    const members = value.map((member) => indented(member, inner));
    return around('[', members, ']');
  }
  if (typeof value !== 'object' || value === null) return scalar(value);
  const members = Object.entries(value).map(([key, member]) => `${scalar(key)}: ${indented(member, inner)}`);
  return around('{', members, '}');
}

function inline(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalar(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${scalar(key)}: ${inline(member)}`)
    .join(', ')}}`;
}

function scalar(value: string | number | boolean | null): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
