import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '../errors/inspector-error.ts';
import { samplePolicy, samplePolicyJson } from './genpolicy/sample-policy.ts';
import { parseCommandLine, plainCommand } from './service-arguments.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

const formats = { yaml: samplePolicy, json: samplePolicyJson } as const;

interface GivenOptions {
  readonly outputFile?: string;
  readonly format: string;
}

/**
 * Writes a policy file with every rule and its default.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 written, 1 the file cannot be written, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runGenpolicy(argv, thisProcess());
}

/** The command over given surroundings. */
export function runGenpolicy(
  argv: readonly string[],
  on: Pick<ServiceConsole, 'write' | 'tell' | 'workingDirectory'>,
): number {
  const command = plainCommand('genpolicy', on)
    .description('Writes a policy file with every rule and its default, commented out.')
    .option('--output-file <file>', 'where to write it; standard output unless given')
    .option('--format <format>', Object.keys(formats).join(' or '), 'yaml');
  const answered = parseCommandLine(command, argv);
  if (answered !== undefined) return answered.exitCode;
  const { outputFile, format } = command.opts<GivenOptions>();
  if (!isFormat(format)) {
    on.tell(`genpolicy: --format: expected ${Object.keys(formats).join(' or ')}, got '${format}'\n`);
    return 2;
  }
  const text = formats[format]();
  if (outputFile === undefined) on.write(text);
  return outputFile === undefined ? 0 : write(resolve(on.workingDirectory, outputFile), text, on);
}

function isFormat(name: string): name is keyof typeof formats {
  return Object.hasOwn(formats, name);
}

function write(path: string, text: string, on: Pick<ServiceConsole, 'tell'>): number {
  try {
    writeFileSync(path, text);
    return 0;
  } catch (error) {
    on.tell(`genpolicy: ${path} cannot be written: ${messageOf(error)}\n`);
    return 1;
  }
}
