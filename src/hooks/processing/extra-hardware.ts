import { bool, type OptionsOf, optionGroup } from '../../config/option.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import { wholeNumber } from '../../inventory/whole-number.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { pythonStr } from '../../json/python-repr.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ProcessingHook } from '../processing-hook.ts';

export const extraHardwareOptions = optionGroup('extra_hardware', {
  strict: bool({
    default: false,
    help: 'Whether every item of the extra hardware data must have exactly four elements. If one has not, all of the data is left out.',
  }),
});

type Options = OptionsOf<typeof extraHardwareOptions.options>;

/**
 * Turns the list of the extra-hardware collector, `[category, item, field, value]` each, into the nested object
 * `extra` of the document, which rules can read: `extra.cpu.physical.number`. The list itself is removed.
 */
export function extraHardwareHook({ strict }: Options): ProcessingHook {
  return {
    name: 'extra_hardware',
    beforeUpdate(data, _node, { log }) {
      if (!Object.hasOwn(data, 'data')) {
        log.warning('No extra hardware information was received from the ramdisk');
        return;
      }
      const items = itemsOf(data.data, strict);
      if (items !== undefined) data.extra = nested(items, log);
      else {
        const what = strict ? 'a list of lists of four elements, leaving it out' : 'a list of lists';
        log.warning(`The extra hardware data is not in a recognised format: expected ${what}`);
      }
      if (items !== undefined || strict) delete data.data;
    },
  };
}

function itemsOf(data: JsonValue | undefined, strict: boolean): JsonValue[][] | undefined {
  if (!Array.isArray(data)) return undefined;
  const items = data.filter((item) => Array.isArray(item) && (!strict || item.length === 4));
  return items.length === data.length ? (items as JsonValue[][]) : undefined;
}

type Level<Member> = Map<string, Member>;
type Extra = Level<Level<Level<JsonValue>>>;

function nested(items: readonly JsonValue[][], log: Logger): JsonObject {
  const extra: Extra = new Map();
  const invalid = items.filter((item) => isTruthy(item) && !isPlaced(extra, item));
  const [first] = invalid;
  if (first !== undefined) {
    const shown = JSON.stringify(first).slice(0, 200).toWellFormed();
    log.warning(`Ignoring ${invalid.length} invalid items of the extra hardware data, such as ${shown}`);
  }
  const categories = [...extra].map(([category, parts]): [string, JsonObject] => [
    category,
    Object.fromEntries([...parts].map(([part, fields]) => [part, Object.fromEntries(fields)])),
  ]);
  return Object.fromEntries(categories);
}

/** The levels above a name that is missing stay, as in the original. */
function isPlaced(extra: Extra, item: readonly JsonValue[]): boolean {
  const category = nameOf(item[0]);
  if (category === undefined) return false;
  const parts = memberOf<Level<Level<JsonValue>>>(extra, category);
  const part = nameOf(item[1]);
  if (part === undefined) return false;
  const fields = memberOf<Level<JsonValue>>(parts, part);
  const field = nameOf(item[2]);
  const value = converted(item[3]);
  if (field === undefined || value === undefined) return false;
  fields.set(field, value);
  return true;
}

/** What may be a member's name, in the form that the original stores it in. */
function nameOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '__proto__' ? undefined : value;
  if (value === null || typeof value === 'boolean') return String(value);
  return typeof value === 'number' ? pythonStr(value) : undefined;
}

function memberOf<Member extends Map<string, unknown>>(level: Level<Member>, name: string): Member {
  const known = level.get(name);
  if (known !== undefined) return known;
  const made = new Map() as Member;
  level.set(name, made);
  return made;
}

/**
 * Text of a whole number becomes that number, and a boolean 0 or 1. Fractions stay, which the original cuts off
 * (docs/compatibility.md, extra-hardware-fractions), and so does text of a number that would lose digits
 * (extra-hardware-long-numbers).
 */
function converted(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' && typeof value !== 'boolean') return value;
  const number = wholeNumber(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : value;
}
