/**
 * Markup as a run of tags, texts and comments, as it comes: htmlparser2's tokenizer without its tree.
 * The tokenizer knows no entity but the predefined ones, opens nothing that a document names, and
 * needs no memory for depth; elements that close what nobody opened are the reader's to forgive.
 */
import type { Tokenizer } from 'htmlparser2';

export interface Tag {
  /** Prefix included: `td`, `w:tc`. Lower case in HTML, as it stands in XML. */
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly closing: boolean;
  /** `<br/>`. */
  readonly empty: boolean;
}

/** `at` is an offset in the text, ascending. */
export interface MarkupEvents {
  tag(tag: Tag, at: number): void;
  text(text: string, at: number): void;
  /** Comments, declarations and processing instructions. */
  comment(text: string, at: number): void;
}

export interface TagReader {
  push(text: string): void;
  end(): void;
}

const MAX_ATTRIBUTES = 1_000;
const MAX_NAME = 200;

/** The text that was pushed and is not consumed yet. */
class Window {
  #text = '';
  #start = 0;

  push(text: string, consumed: number): void {
    this.#text = this.#text.slice(Math.max(0, consumed - this.#start)) + text;
    this.#start = Math.max(this.#start, consumed);
  }

  slice(from: number, to: number): string {
    return this.#text.slice(from - this.#start, to - this.#start);
  }
}

type Callbacks = ConstructorParameters<typeof Tokenizer>[1];

class TagEvents implements Callbacks {
  readonly #html: boolean;
  readonly #window: Window;
  readonly #events: MarkupEvents;
  #name = '';
  #at = 0;
  #attribute = '';
  #value = '';
  #attributes: [string, string][] = [];
  /** Is a tag open that has not come to its end? */
  #within = false;
  /** Behind the last thing that was handed on. */
  consumed = 0;

  constructor(html: boolean, window: Window, events: MarkupEvents) {
    this.#html = html;
    this.#window = window;
    this.#events = events;
  }

  #named(start: number, end: number): string {
    const name = this.#window.slice(start, Math.min(end, start + MAX_NAME));
    return this.#html ? name.toLowerCase() : name;
  }

  ontext(start: number, end: number): void {
    if (end > start) this.#events.text(this.#window.slice(start, end), start);
    this.consumed = end;
  }

  ontextentity(codepoint: number, end: number): void {
    this.#events.text(String.fromCodePoint(codepoint), end);
    this.consumed = end;
  }

  onopentagname(start: number, end: number): void {
    this.#at = start - 1;
    this.#name = this.#named(start, end);
    this.#attributes = [];
    this.#within = true;
    this.consumed = end;
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#named(start, end);
    this.#value = '';
    this.consumed = end;
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#window.slice(start, end);
    this.consumed = end;
  }

  onattribentity(codepoint: number): void {
    this.#value += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    if (this.#attributes.length < MAX_ATTRIBUTES) {
      this.#attributes.push([this.#attribute, this.#value]);
    }
    this.#attribute = '';
    this.#value = '';
  }

  onopentagend(end: number): void {
    this.#open(false, end);
  }

  onselfclosingtag(end: number): void {
    this.#open(true, end);
  }

  #open(empty: boolean, end: number): void {
    const tag = { name: this.#name, attributes: this.#attributes, closing: false, empty };
    this.#events.tag(tag, this.#at);
    this.#attributes = [];
    this.#within = false;
    this.consumed = end + 1;
  }

  onclosetag(start: number, end: number): void {
    const name = this.#named(start, end);
    this.#events.tag({ name, attributes: [], closing: true, empty: false }, start - 2);
    this.consumed = end;
  }

  oncdata(start: number, end: number, offset: number): void {
    this.ontext(start, end - offset);
  }

  oncomment(start: number, end: number, offset: number): void {
    this.#events.comment(this.#window.slice(start, end - offset), start);
    this.consumed = end;
  }

  /** What a DTD declares is read where it is declared, and put nowhere else. */
  ondeclaration(start: number, end: number): void {
    if (/!?(entity|attlist)\s/i.test(this.#window.slice(start, Math.min(end, start + 10_000)))) {
      this.oncomment(start, end, 0);
    } else this.consumed = end;
  }

  onprocessinginstruction(start: number, end: number): void {
    if (/^xml[\s?]/.test(this.#window.slice(start, start + 4))) this.consumed = end;
    else this.oncomment(start, end, 0);
  }

  /** Of a tag that the end of the file cut, the whole attributes are a tag's; what follows them is text. */
  onend(): void {
    if (!this.#within) return;
    const rest = `${this.#attribute} ${this.#value}${this.#window.slice(this.consumed, Number.MAX_SAFE_INTEGER)}`;
    const at = this.consumed;
    this.#open(false, at);
    this.#events.text(rest.trim(), at);
  }
}

/** Reads markup that is pushed in order, cut anywhere. */
export async function openTags(html: boolean, events: MarkupEvents): Promise<TagReader> {
  const { Tokenizer } = await import('htmlparser2');
  const window = new Window();
  const inner = new TagEvents(html, window, events);
  const tokenizer = new Tokenizer({ xmlMode: !html, decodeEntities: true }, inner);
  return {
    push(text) {
      window.push(text, inner.consumed);
      tokenizer.write(text);
    },
    end: () => tokenizer.end(),
  };
}

export async function readTags(source: string, html: boolean, events: MarkupEvents): Promise<void> {
  const reader = await openTags(html, events);
  reader.push(source);
  reader.end();
}
