import type { Pacing } from './pacing.ts';

/**
 * What a server answers, unless it takes longer than `milliseconds`. What comes later is of no use to anyone, and
 * the caller closes the connection.
 *
 * @throws Error with the code ETIMEDOUT, which every engine takes for a lost connection.
 */
export async function answerInTime<T>(
  answer: Promise<T>,
  milliseconds: number,
  pacing: Pick<Pacing, 'wait'>,
): Promise<T> {
  const timer = new AbortController();
  const silence = pacing.wait(milliseconds, timer.signal).then(
    () => true,
    () => false,
  );
  const isLate = await Promise.race([answer.then(() => false), silence]).finally(() => timer.abort());
  if (isLate) {
    const error = new Error(`no answer within ${milliseconds / 1000} s`);
    throw Object.assign(error, { code: 'ETIMEDOUT' });
  }
  return answer;
}
