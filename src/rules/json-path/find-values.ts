import { isObject, type JsonValue } from '../../json/json-value.ts';
import { pathError } from './path-error.ts';
import type { PathExpression } from './path-expression.ts';

/** Some times what `..` takes in the largest documents seen, and less than 50 ms; several `..` in one path multiply. */
const mostSteps = 100_000;

/** A value that a path leads to. */
export interface FoundValue {
  readonly value: JsonValue;
  /** The list or object that it is a member of; nothing for the document and for what is in no list. */
  readonly within: { readonly container: object; readonly key: string } | undefined;
}

/** A value in the document with the way that led to it. */
interface Place extends FoundValue {
  readonly parent: Place | undefined;
}

/**
 * The values that a path leads to, in the original's order, repeated where several ways lead to one. Members
 * that are not there give nothing; only own members of objects are seen.
 *
 * @throws InspectorError `invalid` where the original fails as well: an index of what has none or too far
 *   before the beginning, `[*]` of null, the parent of the root; and for a search of more than 100,000
 *   steps (docs/compatibility.md, rule-field-path).
 */
export function findValues(expression: PathExpression, document: JsonValue): readonly FoundValue[] {
  return new Search().find(expression, { value: document, within: undefined, parent: undefined });
}

/** Counts its steps, as a short path can ask for more of them than there are values. */
class Search {
  #steps = 0;

  find(expression: PathExpression, place: Place): Place[] {
    this.#step();
    switch (expression.kind) {
      case 'this':
        return [place];
      case 'root':
        return [rootOf(place)];
      case 'parent':
        return [parentOf(place)];
      case 'fields':
        return this.#members(expression.names, place);
      case 'index':
        return itemAt(expression.index, place);
      case 'slice':
        return this.#slice(expression.start, expression.end, place);
      case 'child':
        return this.find(expression.left, place).flatMap((found) => this.find(expression.right, found));
      case 'descendants':
        return this.find(expression.left, place).flatMap((found) => this.#below(expression.right, found));
      case 'union':
        return [...this.find(expression.left, place), ...this.find(expression.right, place)];
      default:
        return this.find(expression.left, place).filter(
          (found) => this.find(expression.right, found).length > 0,
        );
    }
  }

  #members(names: readonly string[], place: Place): Place[] {
    const { value } = place;
    if (!isObject(value)) return [];
    const wanted = names.includes('*') ? Object.keys(value) : names;
    return wanted.flatMap((name) => {
      this.#step();
      const member = Object.hasOwn(value, name) ? value[name] : undefined;
      return member === undefined ? [] : [memberOf(place, name, member)];
    });
  }

  /** What is no list counts as a list of it. */
  #slice(start: number | null, end: number | null, place: Place): Place[] {
    if (place.value === null) throw pathError('expected a list, got null');
    if (!Array.isArray(place.value)) {
      const list = { value: [place.value], within: undefined, parent: place.parent };
      const isIn = [0].slice(start ?? 0, end ?? undefined).length > 0;
      return isIn ? [{ ...place, parent: list }] : [];
    }
    const list = place.value;
    const [first] = [...list.keys()].slice(start ?? 0);
    return list.slice(start ?? 0, end ?? undefined).map((value, index) => {
      this.#step();
      return memberOf(place, String((first ?? 0) + index), value);
    });
  }

  /** What the expression finds in the place itself, and then in all below it. */
  #below(expression: PathExpression, place: Place): Place[] {
    const found = this.find(expression, place);
    const { value } = place;
    if (typeof value !== 'object' || value === null) return found;
    for (const [key, member] of Object.entries(value)) {
      for (const below of this.#below(expression, memberOf(place, key, member))) found.push(below);
    }
    return found;
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw pathError(`expected at most ${mostSteps} steps, the path needs more`);
  }
}

function memberOf(parent: Place, key: string, value: JsonValue): Place {
  const container = parent.value;
  const within = typeof container === 'object' && container !== null ? { container, key } : undefined;
  return { value, within, parent };
}

function rootOf(place: Place): Place {
  let root = place;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

function parentOf(place: Place): Place {
  if (place.parent === undefined) throw pathError('the root has no parent');
  return place.parent;
}

function itemAt(index: number, place: Place): Place[] {
  const { value } = place;
  if (isObject(value) && Object.keys(value).length <= index) return [];
  if (!Array.isArray(value) && typeof value !== 'string') {
    throw pathError(
      `expected a list at index ${index}, got ${isObject(value) ? 'an object' : String(value)}`,
    );
  }
  const items: readonly JsonValue[] = typeof value === 'string' ? Array.from(value) : value;
  if (index >= items.length) return [];
  const item = items.at(index);
  if (item === undefined)
    throw pathError(`index ${index} is too far before the beginning of ${items.length}`);
  return [memberOf(place, String(index < 0 ? items.length + index : index), item)];
}
