/** The SDK's unsigned requests, recorded attempt by attempt, where somebody listens. */
import { pipeline, Readable, Transform } from 'node:stream';
import type { ProviderContext } from '../../src/model/provider.ts';
import { type Recording, record } from '../../src/net/record.ts';

/** The few properties of the SDK's stack that are used. */
interface Stack {
  add(middleware: Middleware, options: { step: string; name: string; priority: string }): void;
}

interface Passing {
  readonly request?: {
    readonly method?: string;
    readonly protocol?: string;
    readonly hostname?: string;
    readonly port?: number;
    readonly path?: string;
    readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

interface Passed {
  readonly response?: { readonly statusCode?: number; body?: unknown };
}

type Middleware = (
  next: (passing: Passing) => Promise<Passed>,
) => (passing: Passing) => Promise<Passed>;

export function recorded<T extends { readonly middlewareStack: unknown }>(
  client: T,
  { observe }: Pick<ProviderContext, 'observe'>,
): T {
  if (observe === undefined) return client;
  const listening: Middleware = (next) => async (passing) => {
    const { method = 'GET', headers = {} } = passing.request ?? {};
    const recording = record(observe, { method, url: urlOf(passing), headers });
    if (recording === null) return next(passing);
    try {
      const passed = await next(passing);
      listen(passed, method, recording);
      return passed;
    } catch (error) {
      recording.failed(error);
      throw error;
    }
  };
  // Innermost: each attempt, and the bytes before anybody parses them.
  (client.middlewareStack as Stack).add(listening, {
    step: 'deserialize',
    name: 'ajarRecorded',
    priority: 'low',
  });
  return client;
}

function urlOf({ request = {} }: Passing): string {
  const { protocol = 'https:', hostname = '', port, path = '/', query = {} } = request;
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value])
      url.searchParams.append(name, one ?? '');
  }
  return url.href;
}

/** The body as it passes by; with the first failure, or when nobody reads on, the record ends. */
function listen({ response }: Passed, method: string, recording: Recording): void {
  recording.answered(response?.statusCode ?? 0);
  const body = response?.body;
  if (response === undefined || method === 'HEAD' || !(body instanceof Readable)) {
    recording.end();
    return;
  }
  const through = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      recording.saw(chunk);
      done(null, chunk);
    },
  });
  pipeline(body, through, () => recording.end());
  response.body = through;
}
