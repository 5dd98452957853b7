/**
 * A parser for the part of the Common Expression Language that IAM conditions use: `&&`, `||`, `!`,
 * comparisons, attribute paths, method and function calls, string, number, boolean and list
 * literals. Source: "Overview of IAM Conditions" and the CEL language definition.
 */

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'compare';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'call';
      readonly target: Expression | null;
      readonly name: string;
      readonly arguments: readonly Expression[];
    }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] };

/** Characters of an expression that are read; Google allows twelve logical operators in one. */
const MAX_LENGTH = 5_000;
/** Nested parentheses and negations; deeper is not written by people. */
const MAX_DEPTH = 50;

const TOKEN =
  /\s*(?:(r?"(?:[^"\\]|\\.)*"|r?'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(&&|\|\||==|!=|<=|>=|[<>!()[\],.+-]))/y;

interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'sign';
  readonly text: string;
}

/** Null when the text is not such an expression. */
export function parseCondition(text: string): Expression | null {
  if (text.length > MAX_LENGTH) return null;
  const tokens = tokenize(text);
  if (!tokens) return null;
  const parser = new Parser(tokens);
  try {
    return parser.whole();
  } catch (error) {
    if (error instanceof Unparsable) return null;
    throw error;
  }
}

function tokenize(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN.source, 'y');
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(text);
    if (!match) return null;
    const [, string, number, name, sign] = match;
    if (string !== undefined) tokens.push({ kind: 'string', text: unquoted(string) });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

function unquoted(literal: string): string {
  if (literal.startsWith('r')) return literal.slice(2, -1);
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  return literal.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => escapes[sign] ?? sign);
}

class Unparsable extends Error {}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const tree = this.#or();
    if (this.#at < this.#tokens.length) throw new Unparsable();
    return tree;
  }

  #take(...signs: readonly string[]): string | null {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return null;
    this.#at += 1;
    return token.text;
  }

  #expect(sign: string): void {
    if (this.#take(sign) === null) throw new Unparsable();
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#take('||')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#comparison();
    while (this.#take('&&')) left = { kind: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Expression {
    const left = this.#unary();
    const operator = this.#take('==', '!=', '<=', '>=', '<', '>');
    if (operator !== null) return { kind: 'compare', operator, left, right: this.#unary() };
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'name' || token.text !== 'in') return left;
    this.#at += 1;
    return oneOf(left, this.#unary());
  }

  #unary(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Unparsable();
    const tree: Expression = this.#take('!')
      ? { kind: 'not', operand: this.#unary() }
      : this.#postfix(this.#atom());
    this.#depth -= 1;
    return tree;
  }

  #atom(): Expression {
    if (this.#take('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    if (this.#take('[')) return { kind: 'list', items: this.#items(']') };
    const token = this.#tokens[this.#at];
    if (!token || token.kind === 'sign') throw new Unparsable();
    this.#at += 1;
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.text === 'true' || token.text === 'false') {
      return { kind: 'literal', value: token.text === 'true' };
    }
    if (this.#take('(')) {
      return { kind: 'call', target: null, name: token.text, arguments: this.#items(')') };
    }
    return { kind: 'path', path: token.text };
  }

  #postfix(first: Expression): Expression {
    let tree = first;
    while (this.#take('.')) {
      const name = this.#tokens[this.#at];
      if (name?.kind !== 'name') throw new Unparsable();
      this.#at += 1;
      if (this.#take('(')) {
        tree = { kind: 'call', target: tree, name: name.text, arguments: this.#items(')') };
      } else if (tree.kind === 'path') {
        tree = { kind: 'path', path: `${tree.path}.${name.text}` };
      } else {
        throw new Unparsable();
      }
    }
    return tree;
  }

  #items(end: string): readonly Expression[] {
    const items: Expression[] = [];
    if (this.#take(end)) return items;
    do {
      items.push(this.#or());
    } while (this.#take(','));
    this.#expect(end);
    return items;
  }
}

/** `x in [a, b]` is `x == a || x == b`. */
function oneOf(left: Expression, right: Expression): Expression {
  if (right.kind !== 'list') throw new Unparsable();
  const equal = (item: Expression): Expression => ({
    kind: 'compare',
    operator: '==',
    left,
    right: item,
  });
  const [head, ...rest] = right.items;
  if (!head) return { kind: 'literal', value: false };
  return rest.reduce<Expression>(
    (tree, item) => ({ kind: 'or', left: tree, right: equal(item) }),
    equal(head),
  );
}
