import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the inputs of a target are kept. */
export function corpusPath(target: string): string {
  return fileURLToPath(new URL(`../../tests/inputs/corpus/${target}.json`, import.meta.url));
}

/** The inputs of a file, one character an octet; none when there is no file. */
export function readCorpus(path: string): readonly string[] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : [];
}

/** In ASCII, one input a line, so that changes are seen. */
export function writeCorpus(path: string, inputs: readonly string[]): void {
  const escaped = (text: string) =>
    JSON.stringify(text).replace(
      /[\x7f-\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `[\n${inputs.map((input) => `  ${escaped(input)}`).join(',\n')}\n]\n`);
}
