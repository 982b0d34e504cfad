import { dirname, resolve } from 'node:path';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { escapeControl } from '../../logging/escape-control.ts';
import { parseRuleTests } from '../../rules/parse-rule-tests.ts';
import { problemsOf } from '../../rules/rule-test.ts';
import { readYaml } from './read-yaml.ts';

/** One test and what is not as it expects. */
export interface RuleTestResult {
  readonly file: string;
  /** Of the test; empty for a file that cannot be used. */
  readonly name: string;
  /** None when all is well. */
  readonly problems: readonly string[];
}

/** Runs the tests of files, each with its own rules. A file that cannot be used is a result with a problem. */
export async function runRuleTests(
  files: readonly string[],
  readFile: (path: string) => Buffer,
): Promise<RuleTestResult[]> {
  const results: RuleTestResult[] = [];
  for (const file of files) {
    try {
      results.push(...(await resultsOf(file, readFile)));
    } catch (error) {
      if (!(error instanceof InspectorError)) throw error;
      results.push({ file, name: '', problems: [error.message] });
    }
  }
  return results;
}

async function resultsOf(file: string, readFile: (path: string) => Buffer): Promise<RuleTestResult[]> {
  const read = (path: string) => readYaml(path, bytesOf(path, readFile));
  const beside = (name: string) => read(resolve(dirname(file), name));
  const { rules, tests } = await parseRuleTests(await read(file), beside);
  return tests.map((test) => ({ file, name: test.name, problems: problemsOf(rules, test) }));
}

function bytesOf(path: string, readFile: (path: string) => Buffer): Buffer {
  try {
    return readFile(path);
  } catch (cause) {
    throw new InspectorError('invalid', `${path}: cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** The results for people to read: the tests of each file, what is wrong with each, and a count. */
export function ruleTestReport(results: readonly RuleTestResult[]): string {
  const lines = [...Map.groupBy(results, ({ file }) => file)].flatMap(([file, own]) => [
    file,
    ...own.flatMap(({ name, problems }) => [
      `  ${problems.length === 0 ? 'ok  ' : 'FAIL'}  ${name === '' ? '(the file cannot be used)' : name}`,
      ...problems.map((problem) => `        ${problem}`),
    ]),
  ]);
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  const count = `${results.length} test${results.length === 1 ? '' : 's'}, ${failed} failed`;
  return [...lines, count].map((line) => `${escapeControl(line)}\n`).join('');
}
