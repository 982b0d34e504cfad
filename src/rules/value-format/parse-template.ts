import { InspectorError } from '../../errors/inspector-error.ts';

/** A part of a template: literal text, or a field that is replaced. */
export type TemplatePart = string | TemplateField;

/** `{data[a][0]!r:>8}` */
export interface TemplateField {
  /** Names are text, indices of lists are numbers. */
  readonly path: readonly (string | number)[];
  /** `r`, `s` or `a` after an exclamation mark. */
  readonly conversion: string | undefined;
  /** What stands after the colon, in which fields may stand as well. */
  readonly spec: readonly TemplatePart[];
}

/** UTF-16 units; parameters of rules are no longer. */
const longestTemplate = 65_535;

/** A field in a field's specification may have none of its own. */
const deepest = 2;

/**
 * Reads a template in the syntax of Python's `str.format`, with `data` as the only name and without access to
 * attributes.
 *
 * @throws InspectorError `invalid` with Python's sentence where it has one; for attributes and other names with
 *   our own (docs/compatibility.md, rule-format-names).
 */
export function parseTemplate(template: string): readonly TemplatePart[] {
  if (template.length > longestTemplate) {
    throw failure(`expected at most ${longestTemplate} characters, got ${template.length}`);
  }
  return partsOf(template, 1);
}

function partsOf(text: string, depth: number): readonly TemplatePart[] {
  if (depth > deepest) throw failure('Max string recursion exceeded');
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character !== '{' && character !== '}') {
      literal += character;
      at += 1;
    } else if (text.charAt(at + 1) === character) {
      literal += character;
      at += 2;
    } else if (character === '}' || at + 1 === text.length) {
      throw failure(`Single '${character}' encountered in format string`);
    } else {
      if (literal !== '') parts.push(literal);
      literal = '';
      const { field, end } = fieldAt(text, at + 1, depth);
      parts.push(field);
      at = end;
    }
  }
  return literal === '' ? parts : [...parts, literal];
}

/** @param start behind the opening brace; `end` is behind the closing one. */
function fieldAt(text: string, start: number, depth: number): { field: TemplateField; end: number } {
  const nameEnd = endOfName(text, start);
  let at = nameEnd;
  let conversion: string | undefined;
  if (text.charAt(at) === '!') {
    conversion = text.charAt(at + 1);
    const after = text.charAt(at + 2);
    if (conversion === '' || conversion === '}' || after === '') {
      throw failure("unmatched '{' in format spec");
    }
    if (after !== ':' && after !== '}') throw failure("expected ':' after conversion specifier");
    if (!['r', 's', 'a'].includes(conversion)) {
      throw failure(`Unknown conversion specifier ${conversion}`);
    }
    at += 2;
  }
  const end = endOfSpec(text, at);
  const spec = text.charAt(at) === ':' ? partsOf(text.slice(at + 1, end), depth + 1) : [];
  return { field: { path: pathOf(text.slice(start, nameEnd)), conversion, spec }, end: end + 1 };
}

/** Within brackets all characters belong to the name. */
function endOfName(text: string, start: number): number {
  let inBrackets = false;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '[') inBrackets = true;
    else if (character === ']') inBrackets = false;
    else if (inBrackets) continue;
    else if (character === '{') throw failure("unexpected '{' in field name");
    else if (character === '}' || character === '!' || character === ':') return at;
  }
  throw failure("expected '}' before end of string");
}

/** Where the closing brace of the field stands; braces in the specification come in pairs. */
function endOfSpec(text: string, start: number): number {
  let open = 1;
  for (let at = start; at < text.length; at++) {
    if (text.charAt(at) === '{') open += 1;
    if (text.charAt(at) === '}') open -= 1;
    if (open === 0) return at;
  }
  throw failure("unmatched '{' in format spec");
}

function pathOf(name: string): readonly (string | number)[] {
  const root = /^[^.[]*/.exec(name)?.[0] ?? '';
  if (root === '' || /^\d+$/.test(root)) {
    throw failure(`Replacement index ${root || '0'} out of range: use {data[...]}`);
  }
  if (root !== 'data') throw failure(`unknown name '${root}': use {data[...]}`);
  const path: (string | number)[] = [];
  let at = root.length;
  while (at < name.length) {
    if (name.charAt(at) === '.') {
      throw failure(`attributes are not available, got '${name}': use brackets, {data[...]}`);
    }
    if (name.charAt(at) !== '[') {
      throw failure("Only '.' or '[' may follow ']' in format field specifier");
    }
    const end = name.indexOf(']', at);
    if (end < 0) throw failure("Missing ']' in format string");
    path.push(keyOf(name.slice(at + 1, end)));
    at = end + 1;
  }
  return path;
}

function keyOf(text: string): string | number {
  if (text === '') throw failure('Empty attribute in format string');
  if (!/^\d+$/.test(text)) return text;
  const index = Number(text);
  if (!Number.isSafeInteger(index)) throw failure('Too many decimal digits in format string');
  return index;
}

function failure(reason: string): InspectorError {
  return new InspectorError('invalid', reason);
}
