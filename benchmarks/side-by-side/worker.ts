import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A part of the benchmark in a process of its own, which answers one question at a time. */
export interface Worker<Questions extends AnyQuestions> {
  readonly pid: number;
  ask<Name extends keyof Questions & string>(
    name: Name,
    ...question: Parameters<Questions[Name]>
  ): Promise<Awaited<ReturnType<Questions[Name]>>>;
  /** Ends the process. */
  stop(): Promise<void>;
}

/** What a worker can be asked, by name; questions and answers travel as JSON. */
export type AnyQuestions = Readonly<Record<string, (...question: never[]) => unknown>>;

interface Answer {
  readonly failure?: string;
  readonly answer?: unknown;
}

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a worker: a module of this folder that calls `answerQuestions`. */
export function startWorker<Questions extends AnyQuestions>(
  module: string,
  args: readonly string[] = [],
): Worker<Questions> {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), args, { execArgv: [] });
  children.add(child);
  const gone = once(child, 'exit').then(([code, signal]) => {
    children.delete(child);
    return { failure: `${module} ended with ${code ?? signal}` };
  });
  return {
    pid: child.pid ?? 0,
    async ask(name, ...question) {
      const message = once(child, 'message').then(([answer]) => answer as Answer);
      child.send({ name, question });
      const { failure, answer } = await Promise.race([message, gone as Promise<Answer>]);
      if (failure !== undefined) throw new Error(failure);
      return answer as never;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** The worker's side. */
export function answerQuestions(questions: AnyQuestions): void {
  process.on('message', ({ name, question }: { name: string; question: unknown[] }) => {
    void answered(questions, name, question).then((answer) => process.send?.(answer));
  });
  process.once('disconnect', () => process.exit());
}

async function answered(
  questions: AnyQuestions,
  name: string,
  question: readonly unknown[],
): Promise<Answer> {
  const work = questions[name] as ((...question: readonly unknown[]) => unknown) | undefined;
  try {
    return { answer: await work?.(...question) };
  } catch (error) {
    return { failure: error instanceof Error ? `${name}: ${error.stack}` : String(error) };
  }
}
