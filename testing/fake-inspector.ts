import {
  type FakeAnswer,
  type FakeHttpService,
  fakeHttpService,
  type ReceivedRequest,
} from './fake-http-service.ts';

/** An introspection service that answers from a table, for tests of clients. */
export interface FakeInspector extends FakeHttpService {
  /** What came, as `POST /v1/rules`. */
  lines(): readonly string[];
}

/** One answer for every request, or one after the other, the last of them again and again. */
export type Answers = Readonly<Record<string, unknown>>;

/**
 * Starts a service.
 *
 * @param answers By `<method> <path>`: an object is the JSON of a 200, a number a status without a body, and a list
 *   in `inOrder` is given one by one. What is not there is a 404.
 */
export async function fakeInspector(answers: Answers): Promise<FakeInspector> {
  const given = new Map<string, number>();
  const service = await fakeHttpService(({ method, path }: ReceivedRequest) => {
    const line = `${method} ${path}`;
    const answer = answers[line];
    if (!(answer instanceof InOrder)) return asAnswer(answer);
    const count = given.get(line) ?? 0;
    given.set(line, count + 1);
    return asAnswer(answer.all[Math.min(count, answer.all.length - 1)]);
  });
  return { ...service, lines: () => service.requests.map(({ method, path }) => `${method} ${path}`) };
}

class InOrder {
  readonly all: readonly unknown[];

  constructor(all: readonly unknown[]) {
    this.all = all;
  }
}

/** Answers that are given one after the other. */
export function inOrder(...all: readonly unknown[]): unknown {
  return new InOrder(all);
}

/** An error as the API words it. */
export function refusal(status: number, message: string): FakeAnswer {
  return { status, body: JSON.stringify({ error: { message } }) };
}

function asAnswer(answer: unknown): FakeAnswer {
  if (answer === undefined) return refusal(404, 'Not found');
  if (typeof answer === 'number') return { status: answer, body: '' };
  if (typeof answer === 'string') return { status: 200, body: answer };
  if (typeof answer === 'object' && answer !== null && 'status' in answer && 'body' in answer) {
    return answer as FakeAnswer;
  }
  const headers = {
    'x-openstack-ironic-inspector-api-minimum-version': '1.0',
    'x-openstack-ironic-inspector-api-maximum-version': '1.18',
  };
  return { status: 200, headers, body: JSON.stringify(answer) };
}
