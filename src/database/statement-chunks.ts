/** Values in one statement; engines take a limited number of parameters (SQLite 32,766). */
const chunkSize = 500;

/** The items in parts that one statement takes, in their order. */
export function statementChunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / chunkSize) }, (_, index) =>
    items.slice(index * chunkSize, (index + 1) * chunkSize),
  );
}
