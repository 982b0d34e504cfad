import type { Logger } from '../logging/logger.ts';

/** Tells the operator that there are rules, which this version keeps and does not evaluate. */
export async function warnOfRules(rules: { count(): Promise<number> }, log: Logger): Promise<void> {
  const count = await rules.count();
  if (count === 0) return;
  log.warning(
    `Introspection rules in the database: ${count}. This version keeps them, and does not evaluate them yet`,
  );
}
