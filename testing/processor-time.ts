/**
 * Begins to count; what it returns tells how many milliseconds of processor time this process has used since then.
 * For tests that something takes no long time: on a busy machine work takes longer, but no more of the processor.
 */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
