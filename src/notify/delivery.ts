/** What became of one attempt to hand a message over. */
import type { NewMessage } from '../model/message.ts';
import type { HostPattern } from '../net/scope.ts';

export type Delivery =
  /** Taken. `note`: what the person should know of it, such as recipients that were refused. */
  | { readonly outcome: 'sent'; readonly note: string | null }
  /** Certainly not taken, and worth another attempt. */
  | { readonly outcome: 'retry'; readonly error: string; readonly afterMs?: number }
  /** Certainly not taken, and never will be as it is. */
  | { readonly outcome: 'refused'; readonly error: string }
  /** Handed over, and nobody said whether it was taken. */
  | { readonly outcome: 'unsure'; readonly error: string };

export interface Sender {
  /** The only hosts that it may reach. */
  readonly hosts: readonly HostPattern[];
  /** Never throws for what is an outcome. Is not cut off either: a message that is on its way would be unsure for ever. */
  send(message: NewMessage): Promise<Delivery>;
}

export interface SendingContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The scope wall: throws for a host that no channel names. */
  readonly allow: (host: string, port: number) => void;
  /** For what other parties answer, which may repeat what they were sent. */
  readonly mask: (text: string) => string;
  /** How long one attempt may go without a sign of life. */
  readonly timeoutMs: number;
}

/** Characters of another party's answer that are kept. */
const ANSWER_CHARACTERS = 160;

/** Another party's words, short, on one line, masked, and without the secrets that went there. */
export function quoted(
  text: string,
  context: Pick<SendingContext, 'mask'>,
  secrets: readonly string[] = [],
): string {
  let line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  for (const secret of secrets) {
    if (secret !== '') line = line.replaceAll(secret, '***');
  }
  // Masked before it is cut: half a number would not be recognised.
  const masked = context.mask(line);
  return masked.length > ANSWER_CHARACTERS ? `${masked.slice(0, ANSWER_CHARACTERS)}…` : masked;
}

/** Letters, digits and points only, for headers whose grammar allows little more. */
export function plainId(id: string): string {
  return id.replace(/[^A-Za-z0-9]+/g, '.').replace(/^\.+|\.+$/g, '');
}
