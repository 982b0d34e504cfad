import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Queries } from './database.ts';

/** Stands for a value while a statement is built. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** An object that has a slot under any name, and does not know which names there are. */
const slots: object = new Proxy(
  {},
  {
    get: (_, name) => new Slot(String(name)),
    ownKeys() {
      throw new TypeError(
        'A statement must name each of its values, so that it can be built before there are any',
      );
    },
  },
);

/**
 * A statement that each callback needs. It is built and compiled once for each open database, which takes longer than
 * running it; from then on only its values are put in.
 *
 * @param build Makes the statement. In place of the values it gets stand-ins, so it can only hand them on: what the
 *   values are must not decide what the statement looks like, so there can be no lists among them.
 * @returns runs the statement, in a transaction or not.
 */
export function statement<Values extends object, Row>(
  build: (query: Queries, values: Values) => Compilable<Row>,
): (query: Queries, values: Values) => Promise<QueryResult<Row>> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return (query, values) => {
    // The same for a database and its transactions.
    const { adapter } = query.getExecutor();
    const made = compiled.get(adapter) ?? build(query, slots as Values).compile();
    compiled.set(adapter, made);
    const parameters = made.parameters.map((parameter) =>
      parameter instanceof Slot ? values[parameter.name as keyof Values] : parameter,
    );
    return query.executeQuery({ ...made, parameters });
  };
}

/** Values for which a statement is kept; a ramdisk may have any number of addresses. */
const longestKept = 16;

/** The same for a statement that has any number of values of one kind, in their order; each number makes another one. */
export function listStatement<Value, Row>(
  build: (query: Queries, values: readonly Value[]) => Compilable<Row>,
): (query: Queries, values: readonly Value[]) => Promise<QueryResult<Row>> {
  const ofLength = Array.from({ length: longestKept + 1 }, (_, length) => {
    const places = [...Array(length).keys()];
    return statement((query, values: readonly Value[]) => {
      const inOrder = places.map((place) => values[place] as Value);
      return build(query, inOrder);
    });
  });
  return (query, values) => {
    const kept = ofLength[values.length];
    return kept === undefined ? query.executeQuery(build(query, values)) : kept(query, values);
  };
}
