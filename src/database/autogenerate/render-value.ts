/** What a migration has as arguments: plain values of declarations. */
export type PlainValue =
  | string
  | number
  | boolean
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue | undefined };

/** Longest line, as biome.json has it. */
const lineWidth = 110;

/** Where a value is written. */
interface Place {
  /** Spaces before the line that the value begins on. */
  readonly indent: number;
  /** Characters on that line before the value. */
  readonly before: number;
  /** Characters that must fit behind its last line. */
  readonly after: number;
}

/** TypeScript for a value, with line breaks where Biome has them. Left out are members that are `undefined`. */
export function renderValue(value: PlainValue, place: Place): string {
  const line = oneLine(value);
  if (!mustBreak(value) && place.before + line.length + place.after <= lineWidth) return line;
  if (typeof value !== 'object') return line;
  const inner = ' '.repeat(place.indent + 2);
  const [open, close, items] = isList(value)
    ? ['[', ']', value.map((item) => renderValue(item, within(place, 0)))]
    : ['{', '}', members(value).map(([key, member]) => renderMember(key, member, place))];
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${' '.repeat(place.indent)}${close}`;
}

function renderMember(key: string, value: PlainValue, place: Place): string {
  const rendered = renderValue(value, within(place, key.length + 2));
  const fits = place.indent + key.length + rendered.length + 5 <= lineWidth;
  // A text stays whole: if it is too long, the line ends before it.
  return typeof value === 'string' && !fits
    ? `${key}:\n${' '.repeat(place.indent + 4)}${rendered}`
    : `${key}: ${rendered}`;
}

function within({ indent }: Place, before: number): Place {
  return { indent: indent + 2, before: indent + 2 + before, after: 1 };
}

/** Biome never puts several objects, or several lists, of more than one member on one line. */
function mustBreak(value: PlainValue): boolean {
  if (typeof value !== 'object') return false;
  if (!isList(value)) return members(value).some(([, member]) => mustBreak(member));
  const isLong = (item: PlainValue) =>
    typeof item === 'object' && (isList(item) ? item.length : members(item).length) > 1;
  const alike = value.every(isList) || value.every((item) => typeof item === 'object' && !isList(item));
  return (value.length > 1 && alike && value.every(isLong)) || value.some(mustBreak);
}

function oneLine(value: PlainValue): string {
  if (typeof value === 'string') return renderText(value);
  if (typeof value === 'number') return String(value).replace('e+', 'e');
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(oneLine).join(', ')}]`;
  return `{ ${members(value)
    .map(([key, member]) => `${key}: ${oneLine(member)}`)
    .join(', ')} }`;
}

/**
 * A string literal that holds any text, in single quotes unless that needs more escapes. Characters that are
 * invisible, turn the direction of writing or have a width of their own are written as escapes.
 */
export function renderText(text: string): string {
  const count = (quote: string) => text.split(quote).length;
  const quote = count("'") > count('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll(/[^ -~\u00A1-\u00AC\u00AE-\u024F]/gu, unicodeEscapes);
  return `${quote}${escaped}${quote}`;
}

function unicodeEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, '0')}`,
  ).join('');
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function members(value: { readonly [key: string]: PlainValue | undefined }): [string, PlainValue][] {
  return Object.entries(value).filter((entry): entry is [string, PlainValue] => entry[1] !== undefined);
}
