import type { JsonObject } from '../src/json/json-value.ts';
import { runningService } from './running-service.ts';

/**
 * The OpenAPI document that a service with its usual options serves, the health check and the registry
 * included, found at `http://127.0.0.1:5050`.
 */
export async function servedOpenapi(): Promise<JsonObject> {
  const service = await runningService('[healthcheck]\nenabled = true');
  try {
    const { body } = await service.client.ask('GET /v1/openapi.json', undefined, { host: '127.0.0.1:5050' });
    return body;
  } finally {
    await service.stop();
  }
}
