/** Tokens for the storage service and the Resource Manager. The identity library is loaded when a token is first needed. */
import { ScanError } from '../../src/model/errors.ts';
import type { ProviderContext } from '../../src/model/provider.ts';
import type { AzureTarget, Secret } from './target.ts';

/** The same in every cloud; source: learn.microsoft.com "Authorize access to blobs using Microsoft Entra ID". */
export const STORAGE_SCOPE = 'https://storage.azure.com/.default';

export interface Tokens {
  /** Throws ScanError `no-credentials`. */
  get(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

const RENEW_BEFORE_MS = 5 * 60_000;

export function tokensOf(target: AzureTarget, context: ProviderContext): Tokens {
  const { access } = target;
  if (access.kind === 'token') {
    return {
      async get(scope) {
        const secret = scope === STORAGE_SCOPE ? access.storage : access.arm;
        return { token: tokenIn(secret, scope), expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
  }
  const held = new Map<string, { readonly token: string; readonly expiresOnTimestamp: number }>();
  const credential = lazily(async () => {
    const login = new URL(target.cloud.login);
    context.allow(login.hostname, 443);
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential({ authorityHost: target.cloud.login });
  });
  return {
    async get(scope) {
      const known = held.get(scope);
      if (known && known.expiresOnTimestamp - RENEW_BEFORE_MS > Date.now()) return known;
      const source = await credential();
      const late = AbortSignal.timeout(context.limits.requestTimeMs);
      try {
        const abortSignal = AbortSignal.any([context.signal, late]);
        const token = await source.getToken(scope, { abortSignal });
        held.set(scope, token);
        return token;
      } catch {
        if (context.signal.aborted) throw new ScanError('interrupted', 'the run was stopped');
        throw new ScanError(
          'no-credentials',
          'no Azure credential gave a token; run "az login", set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or on an Azure machine put 169.254.169.254:80 into the scope',
        );
      }
    },
  };
}

function tokenIn(secret: Secret | null, scope: string): string {
  if (secret?.value) return secret.value;
  const role = scope === STORAGE_SCOPE ? 'token' : 'armToken';
  throw new ScanError(
    'no-credentials',
    secret
      ? `the variable ${secret.variable} that should hold the ${role} is empty; set it, for example from "az account get-access-token"`
      : `no ${role} is named in the credentials, so this was not asked for`,
  );
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
