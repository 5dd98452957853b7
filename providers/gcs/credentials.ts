/** Application Default Credentials by the SDK, with a deadline and in our words. */
import { ScanError } from '../../src/model/errors.ts';
import type { ProviderContext } from '../../src/model/provider.ts';
import type { GcsTarget } from './target.ts';

export interface DefaultCredentials {
  headers(url: URL): Promise<Record<string, string>>;
  project(): Promise<string | null>;
}

/**
 * The library reads its variables (GOOGLE_APPLICATION_CREDENTIALS and others) from the process; told a
 * key file by its options it prints a deprecation to stderr.
 *
 * The SDK is loaded when the first signed call is made, not for outsiders.
 */
export function defaultCredentials(
  target: GcsTarget,
  context: ProviderContext,
): DefaultCredentials {
  const auth = lazily(async () => {
    context.allow(`oauth2.${target.universe}`, 443);
    const { Storage } = await import('@google-cloud/storage');
    return new Storage({
      universeDomain: target.universe,
      // Without a project the library runs gcloud and asks the metadata server for one before it signs.
      projectId: target.project ?? 'not-needed',
    }).authClient;
  });
  return {
    async headers(url) {
      const client = await auth();
      const headers = await timely(client.getRequestHeaders(url.href), context);
      return Object.fromEntries(headers.entries());
    },
    async project() {
      const { Storage } = await import('@google-cloud/storage');
      const storage = new Storage({ universeDomain: target.universe });
      return timely(storage.getProjectId(), context).catch((error: unknown) => {
        if (error instanceof ScanError && error.code === 'no-credentials') return null;
        throw error;
      });
    },
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** The SDK's own errors quote files and addresses; they become one sentence and go no further. */
async function timely<T>(work: Promise<T>, context: ProviderContext): Promise<T> {
  const late = AbortSignal.any([context.signal, AbortSignal.timeout(context.limits.requestTimeMs)]);
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new Error('aborted'));
  late.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } catch (error) {
    if (error instanceof ScanError) throw error;
    if (context.signal.aborted) throw new ScanError('interrupted', 'the run was stopped');
    throw new ScanError(
      'no-credentials',
      'Application Default Credentials gave no token; run "gcloud auth application-default login", name a key file in GOOGLE_APPLICATION_CREDENTIALS, or on a Google machine put 169.254.169.254:80 into the scope',
    );
  } finally {
    late.removeEventListener('abort', abort);
  }
}
