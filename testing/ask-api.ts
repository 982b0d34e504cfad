import type { LightMyRequestResponse } from 'fastify';
import { createApi } from '../src/api/server.ts';
import type { ApiFakes } from './api-dependencies.ts';

export interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** One request to an API over these surroundings: `askApi(fakes, 'GET /v1')`. */
export async function askApi(
  fakes: ApiFakes,
  line: string,
  { headers = {}, body }: Question = {},
): Promise<LightMyRequestResponse> {
  const [method = '', url = ''] = line.split(' ');
  const api = createApi(fakes);
  const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : Buffer.from(body) };
  try {
    return await api.inject({
      method: method as 'GET',
      url,
      headers: { host: 'api.example:5050', ...headers },
      ...payload,
    });
  } finally {
    await api.close();
  }
}

/** The message of an error answer. */
export function errorMessage(response: LightMyRequestResponse): string {
  return response.json<{ error: { message: string } }>().error.message;
}
