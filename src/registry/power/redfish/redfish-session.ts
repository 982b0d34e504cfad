import { InspectorError } from '../../../errors/inspector-error.ts';
import { valueAt } from '../../../json/json-patch.ts';
import { type RedfishAnswer, RedfishConnection, type RedfishRequest } from './redfish-connection.ts';
import { refusal } from './redfish-refusal.ts';
import type { RedfishSettings } from './redfish-settings.ts';

const serviceRoot = '/redfish/v1/';

/** A connection to a BMC on which one is logged in, from `open` to `close`. */
export class RedfishSession {
  readonly #connection: RedfishConnection;
  #headers: Record<string, string> = {};
  #session: string | undefined;

  private constructor(connection: RedfishConnection) {
    this.#connection = connection;
  }

  /** @throws InspectorError `unavailable` when the BMC does not answer, `invalid` when it refuses the login. */
  static async open(settings: RedfishSettings, timeout?: number): Promise<RedfishSession> {
    const session = new RedfishSession(await RedfishConnection.open(settings, timeout));
    try {
      await session.#logIn(settings);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** @throws InspectorError when the BMC refuses the request: `unavailable` for its own faults, else `invalid`. */
  async send(request: RedfishRequest): Promise<RedfishAnswer> {
    const answer = await this.sendAnyway(request);
    if (answer.status >= 400) throw refusal(request, answer);
    return answer;
  }

  /** The answer, whether the BMC refuses or not. */
  async sendAnyway(request: RedfishRequest): Promise<RedfishAnswer> {
    return this.#connection.send({ ...request, headers: { ...this.#headers, ...request.headers } });
  }

  /** The service root, with the paths of everything else. */
  async root(): Promise<RedfishAnswer> {
    return this.send({ method: 'GET', path: serviceRoot });
  }

  /** Logs out; a BMC has room for a handful of sessions only. */
  async close(): Promise<void> {
    try {
      if (this.#session !== undefined) await this.sendAnyway({ method: 'DELETE', path: this.#session });
    } catch (error) {
      // The session ends by itself after a while, and what it was for has been done.
      if (!(error instanceof InspectorError)) throw error;
    } finally {
      await this.#connection.close();
    }
  }

  async #logIn({ login, authType }: RedfishSettings): Promise<void> {
    if (login === null) return;
    if (authType !== 'basic' && (await this.#createSession(login, authType))) return;
    const credentials = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    this.#headers = { authorization: `Basic ${credentials}` };
  }

  /** False when the BMC has no sessions to offer, so that another way is taken. */
  async #createSession(
    login: NonNullable<RedfishSettings['login']>,
    authType: 'auto' | 'session',
  ): Promise<boolean> {
    const { body } = await this.root();
    const path = valueAt(body, '/Links/Sessions/@odata.id');
    if (typeof path !== 'string' && authType === 'auto') return false;
    const request: RedfishRequest = {
      method: 'POST',
      path: typeof path === 'string' ? path : `${serviceRoot}SessionService/Sessions`,
      body: { UserName: login.username, Password: login.password },
    };
    const answer = await this.#connection.send(request);
    if (answer.status < 400 && answer.token !== undefined) {
      this.#headers = { 'x-auth-token': answer.token };
      this.#session = answer.location;
      return true;
    }
    if (authType === 'auto' && answer.status !== 401) return false;
    throw refusal(request, answer);
  }
}
