/**
 * `npm run genstates`: draws the diagram of the states into the documentation. With an option, it makes one
 * drawing of another kind or in another place instead.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  committedDiagrams,
  type DiagramFormat,
  diagramFormats,
  stateDiagram,
} from './states-diagram/diagram.ts';

const usage = `Usage: npm run genstates [-- OPTIONS]

Without an option, writes ${Object.keys(committedDiagrams).join(' and ')}.

  --output FILE   write one drawing to FILE, or to standard output for - (the default)
  --format NAME   ${Object.keys(diagramFormats).join(', ')} (default: by the name of FILE, else svg)
  --no-labels     leave the events out
  --help          show this text`;

const formatsByEnding: Readonly<Record<string, DiagramFormat>> = { svg: 'svg', mmd: 'mermaid', dot: 'dot' };

try {
  generate(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 2;
}

function generate(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: {
      output: { type: 'string' },
      format: { type: 'string' },
      'no-labels': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(usage);
  } else if (args.length === 0) {
    for (const [path, format] of Object.entries(committedDiagrams)) write(path, stateDiagram(format));
  } else {
    const output = values.output ?? '-';
    write(output, stateDiagram(formatOf(values.format, output), values['no-labels'] !== true));
  }
}

function formatOf(name: string | undefined, output: string): DiagramFormat {
  const format = name ?? formatsByEnding[output.split('.').at(-1) ?? ''] ?? 'svg';
  if (isFormat(format)) return format;
  throw new Error(`--format: expected one of ${Object.keys(diagramFormats).join(', ')}, got '${format}'`);
}

function isFormat(name: string): name is DiagramFormat {
  return Object.hasOwn(diagramFormats, name);
}

function write(path: string, text: string): void {
  if (path === '-') {
    process.stdout.write(text);
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
