import type { SeededRandom } from '../../testing/seeded-random.ts';

/** Characters of an input; a short one says all that a long one can, since `1000*x` stands for many. */
const longestInput = 1500;

/** Values that trip those who did not expect them. */
const oddValues =
  `0 -1 1 255 256 65536 2147483648 9007199254740993 1e999 -0 0.5 1.0 null true false [] {} [[]] "" " " "\\u0000"
  nan inf None __proto__ constructor toString :: 0.0.0.0 ::/0 / // . .. * $ % { } [ ] ( ) " ' \\ \\n , : ; = < > \xff \xc3\xa9`
    .split(/\s+/)
    .concat([' ', '\n', '\t', '\0', '\r']);

type Mutation = (text: string, random: SeededRandom, from: Sources) => string;

/** What is cut and pasted from. */
interface Sources {
  readonly words: readonly string[];
  readonly inputs: readonly string[];
}

const mutations: readonly Mutation[] = [
  (text, random, { words }) => insert(text, random, random.pick(words)),
  (text, random, { words }) => replace(text, random, random.pick(words)),
  (text, random) => insert(text, random, random.pick(oddValues)),
  (text, random) => replace(text, random, random.pick(oddValues)),
  (text, random) => insert(text, random, random.text(1 + random.below(3), true)),
  (text, random) => replace(text, random, random.text(1, true)),
  (text, random) => replace(text, random, ''),
  (text, random) => insert(text, random, pieceOf(text, random)),
  (text, random, { inputs }) => replace(text, random, pieceOf(random.pick(inputs), random)),
  (text, random, { inputs }) => splice(text, random.pick(inputs), random),
  // Lines are what most inputs are made of.
  (text, random) => overLines(text, (lines) => lines.toSpliced(random.below(lines.length), 1)),
  (text, random, { inputs }) =>
    overLines(text, (lines) =>
      lines.toSpliced(random.below(lines.length + 1), 0, random.pick(random.pick(inputs).split('\n'))),
    ),
  (text, random) =>
    overWord(text, random, (word) => (word.includes('*') ? word : `${10 ** (1 + random.below(5))}*${word}`)),
  (text, random, { words }) => overWord(text, random, () => random.pick(words)),
  (text, random) => overWord(text, random, () => random.pick(oddValues)),
  (text, random) => overWord(text, random, (word) => `"${word}"`),
  (text, random) => overWord(text, random, (word) => `[${word}]`),
  (text, random) => text.replace(/\d+/g, (number) => (random.once(3) ? otherNumber(number, random) : number)),
];

/** The text with some changes, one as a rule. */
export function mutateInput(text: string, random: SeededRandom, from: Sources): string {
  let changed = text;
  do changed = random.pick(mutations)(changed, random, from);
  while (random.once(2));
  return changed.slice(0, longestInput);
}

function insert(text: string, random: SeededRandom, piece: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

function replace(text: string, random: SeededRandom, piece: string): string {
  const at = random.below(text.length + 1);
  const length = random.once(4) ? random.below(text.length - at + 1) : 1 + random.below(8);
  return text.slice(0, at) + piece + text.slice(at + length);
}

function pieceOf(text: string, random: SeededRandom): string {
  const at = random.below(text.length + 1);
  return text.slice(at, at + 1 + random.below(40));
}

function splice(text: string, other: string, random: SeededRandom): string {
  return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
}

function overLines(text: string, change: (lines: string[]) => string[]): string {
  return change(text.split('\n')).join('\n');
}

function overWord(text: string, random: SeededRandom, change: (word: string) => string): string {
  const words = text.split(/([\s,:"'()[\]{}]+)/);
  const at = 2 * random.below(Math.ceil(words.length / 2));
  return words.with(at, change(words[at] ?? '')).join('');
}

function otherNumber(number: string, random: SeededRandom): string {
  return random.once(2)
    ? String(Number(number) + random.below(3) - 1)
    : String(random.below(2 ** random.below(40)));
}
