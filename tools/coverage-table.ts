/**
 * Passes on what the test runner writes, line by line, without the table of coverage at its end: that has a line for
 * every file, and knows nothing of those that no test has loaded.
 */
export function withoutCoverageTable(write: (text: string) => void): (text: string) => void {
  let isTable = false;
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      isTable ||= line.includes('start of coverage report');
      if (!isTable) write(`${line}\n`);
      if (line.includes('end of coverage report')) isTable = false;
    }
  };
}
