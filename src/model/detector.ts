import type { Piece } from './piece.ts';

/**
 * What a detector is: data plus `judge`. The kernel (src/detect) does all the searching.
 *
 * A shape describes folded text (NFKC, upper case, ASCII digits, one hyphen sign):
 * `d` digit, `l` letter, `w` either, `m` mask sign, `{…}` one of an ASCII set (ranges allowed),
 * `⏎` a line break, any other character itself. A count follows what it counts: `d6`, `d7..8`;
 * `?` makes it optional, `*` after a count lets one separator stand inside the run.
 * `~` is no separator or one of space - . /, the same throughout; `^` is up to two separators
 * (space or hyphen), freely. Bare punctuation leaves the compact form, `{…}` stays in it.
 */
export type Shape = string;

export interface Match {
  /** The match without separators and bare punctuation: `A1234563`. */
  readonly compact: string;
  /** Index into `shapes`. */
  readonly shape: number;
  /** The folded text of the match, separators included. */
  readonly folded: string;
}

export type Confidence = 'low' | 'medium' | 'high';
export type Form = 'full' | 'masked' | 'partial';

/** `company` takes its span so that it is not taken for a person, and is not reported. */
export type DetectorKind = 'person' | 'document' | 'account' | 'contact' | 'attribute' | 'company';

export interface Rule {
  /** `<country or intl>.<name>`, the file's path under detectors/. */
  readonly id: `${string}.${string}`;
  readonly title: string;
  /** Who says how the number is made: law, standard, office. `ajar detectors` prints it. */
  readonly source?: string;
  readonly kind: DetectorKind;
  /** The most it may reach without hint, header, check-digit surplus or neighbour. */
  readonly alone: 'none' | Confidence;
  /** Words near a match or in a column header that speak for it; matched on folded text. */
  readonly hints: readonly string[];
  /** Words that speak against it: 注文番号. */
  readonly against?: readonly string[];
  /** Published sample numbers, compact: known, and at most `low`. */
  readonly samples?: readonly string[];
  readonly examples: { readonly yes: readonly string[]; readonly no: readonly string[] };
}

/** What a finder is asked about: one cell of a table, or the running text around an identifier. */
export interface Question {
  readonly where: 'cell' | 'around';
  readonly text: string;
  /** The column's header; empty where there is none, and in running text. */
  readonly header: string;
  /** Where the identifier stands in `text`, half open; null in a cell. */
  readonly beside: Span | null;
  /** Does a person's name stand in the same row or beside it? */
  readonly hasName: boolean;
}

/** Half open, in UTF-16 units of the question's text. */
export interface FoundSpan extends Span {
  readonly form: 'full' | 'partial';
}

/** Where a number holds its person's date of birth, in the compact form. */
export interface Born {
  readonly at: number;
  readonly form: 'yyyymmdd' | 'yymmdd' | 'yy';
  /** Only where the compact form, masked or not, matches. */
  readonly when?: RegExp;
}

export type Judgement = 'no' | 'plausible' | 'proved';

/** A weighted sum whose remainder names the last sign. Signs are worth 0 to 9 and A = 10 to Z = 35. */
export interface SumCheck {
  /** By place of the compact form, but for the last; none is negative. */
  readonly weights: readonly number[];
  /** Added to the sum. */
  readonly offset?: number;
  /** At most 64. */
  readonly modulus: number;
  /** Of a product of two digits their sum counts (Luhn). */
  readonly isCrossed?: boolean;
  /** The last sign by remainder; where the first sign decides, by that. */
  readonly signs: string | Readonly<Record<string, string>>;
}

/**
 * A check that is neither a weighted sum nor a pattern, as a machine that reads the compact form sign
 * by sign (`detectors/automaton.ts` makes it from a function). Give the same one each time: it is
 * shared by identity.
 */
export interface CheckAutomaton {
  /** By state × width + class: the next state; 0 is none, 1 the beginning. */
  readonly steps: Uint16Array;
  /** By a sign's code, letters in upper case; 256. */
  readonly classes: Uint8Array;
  readonly width: number;
  /** By state in which the compact form ends: 1 passes, 2 is `no`; of 0 it is said what `otherwise` says. */
  readonly accepts: Uint8Array;
}

/** What the kernel computes from tables in place of `judge`, `aloneFor` and `canonical`, for all values that are written alike. */
export interface Quick {
  /** Of what passes; all else is `no`. */
  readonly judgement: 'plausible' | 'proved';
  readonly alone: 'none' | Confidence;
  readonly sum?: SumCheck;
  /** What begins with another sign is looked at by `judge`. Default: nothing is. */
  readonly heads?: string;
  /** What begins with one of these is `no`. */
  readonly never?: string;
  /**
   * The compact form is one of these, tried in order: characters, `\+`, `\d`, sets, `(?:…|…)`, `?`, `{n}`,
   * `{n,m}`. `prefix` makes it the canonical form. What one that `refuses` fits is `no`; they come last.
   */
  readonly patterns?: readonly {
    readonly pattern: string;
    readonly prefix?: string;
    readonly refuses?: boolean;
  }[];
  /** In place of `patterns`; not together with these. The canonical form is the compact one. */
  readonly automaton?: CheckAutomaton;
  /** The patterns say which lengths a value may have, as `lengths` does: of none of them it was no value's try. For digits only. */
  readonly isSized?: boolean;
  /** What is said of what passes all that: `ask` has `judge` look at it, where the tables only refuse. Default: it is taken. */
  readonly passes?: 'ask';
  /** The most that a value left to `judge` is worth. Default: whatever `aloneAtMost` says. */
  readonly most?: 'none' | Confidence;
  /** What is said of a value of none of the patterns, or that the automaton ends with in a state of 0: `ask` has `judge` look at it. Default `no`. */
  readonly otherwise?: 'no' | 'ask';
}

/** What the kernel needs to judge addresses of electronic mail itself; what it leaves goes to `judge`. */
export interface Mailboxes {
  /** Does a host, in upper case, have mailboxes of people: what `judge` takes and `isSample` does not know? */
  readonly isHost: (host: string) => boolean;
  /** Is each of a host's mailboxes one that `isSample` knows? */
  readonly isSampleHost: (host: string) => boolean;
  /** Local parts left to `judge`, alone and before `+` or `-`; in the language of `Quick.patterns`. */
  readonly words: readonly string[];
}

export interface Detector extends Rule {
  readonly shapes: readonly Shape[];
  /** Shapes of values that were masked where they lie: `A123***(3)`. */
  readonly masks?: readonly Shape[];
  /** With one of these a match begins whose shape begins with two letters: `lengths` or `judge` refuse all others. */
  readonly begins?: readonly string[];
  /** Allowed compact lengths by the compact text itself (IBAN by country, card by issuer). */
  readonly lengths?: (compact: string) => readonly number[];
  readonly judge: (match: Match) => Judgement;
  /**
   * For what no shape can say (names, addresses, era dates, `567A`): asked only of cells under a
   * hint and of text beside a hit. Such detectors may have no shapes; their values are never shown.
   */
  readonly find?: (question: Question) => readonly FoundSpan[];
  /** Chance that a random string of the shape is judged at least that; source: shared identifier specification. */
  readonly passRate: { readonly plausible: number; readonly proved: number };
  /** This match's ceiling in place of `alone`, where an identifier's forms differ in how distinctive they are: `901231-14-5123` and twelve bare digits. */
  readonly aloneFor?: (match: Match) => 'none' | Confidence;
  /** The most that `aloneFor` ever says, or a list of it by shape. Not given, anything: where a bound shows that nothing can come of a match, nobody judges it. */
  readonly aloneAtMost?: 'none' | Confidence | readonly ('none' | Confidence)[];
  /** The most a masked form reaches without support: `***-**-1234` may be anyone's. Default `low`, never above `alone`. */
  readonly masksAlone?: Confidence;
  /**
   * For values that are written as this one is, with other digits and letters, what the kernel can
   * compute itself; null where it cannot. Must say what `lengths`, `judge`, `aloneFor` and `canonical` say.
   */
  readonly quick?: (example: Match) => Quick | null;
  /** All but these are `plausible` and worth `alone`. */
  readonly mailboxes?: Mailboxes;
  /** Characters beside which a match is part of something else, besides letters and digits. Default `_-.` as the boundaries say. */
  readonly boundary?: string;
  /** What two writings of one value share (`+852…` and the bare number): hashed in place of the compact form. */
  readonly canonical?: (match: Match) => string;
  /** Values beyond `samples` that are known to be nobody's, by rule: `someone@example.org`. */
  readonly isSample?: (match: Match) => boolean;
  /** Another number in wide use that passes the same check (ISBN-10): a column in which all pass tells nothing then. */
  readonly sharesCheckWith?: string;
  /** What a date of birth in a column beside a masked number tells of its hidden digits. */
  readonly born?: readonly Born[];
  /** The character that tells the sex, and what it may be. */
  readonly sexAt?: { readonly at: number; readonly female: string; readonly male: string };
  /** Leading characters of the compact form that evidence may show; fewer where a check digit leads (IBAN). Default 3, contacts 1. */
  readonly shows?: number;
}

/** Half open, in bytes of the piece's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One match as it leaves detection: masked, hashed, explained. */
export interface Hit extends Span {
  readonly detector: string;
  readonly kind: DetectorKind;
  readonly form: Form;
  readonly confidence: Confidence;
  /** Shows neither check digit nor last four; at least 10,000 candidates remain. */
  readonly masked: string;
  /** Masked like everything that leaves. */
  readonly place: string;
  /** How many values are possible behind a value masked at its source; null where it is not or cannot be said. */
  readonly candidates: number | null;
  readonly column: string | null;
  readonly because: readonly string[];
}

/** All hits of one detector and form in one object. */
export interface HitSummary {
  readonly detector: string;
  readonly kind: DetectorKind;
  readonly form: Form;
  readonly hits: number;
  readonly confidence: Confidence;
  /** Keyed hashes of the distinct values. */
  readonly values: BigUint64Array;
  /** A few, for evidence: masked value and masked place. */
  /** The fewest values that are possible behind one masked at its source; null where there is none. */
  readonly candidates: number | null;
  readonly samples: readonly { readonly masked: string; readonly place: string }[];
  readonly because: readonly string[];
}

/** What detection knows of one object when all its pieces have passed. Hits below the minimum confidence are left out. */
export interface Detection {
  readonly summaries: readonly HitSummary[];
  /** Keyed hashes, one a distinct person: a row counts once whatever it holds, the strongest identifier names it. */
  readonly persons: BigUint64Array;
  /** Filled only when asked for. */
  readonly hits: readonly Hit[];
}

/** Takes the pieces of one object. */
export interface ObjectDetection {
  piece(piece: Piece): void;
  end(): Detection;
}

export interface DetectOptions {
  /** Default `medium`. */
  readonly minConfidence?: Confidence;
  /** The object's key or the file's path, for the allow list. */
  readonly path?: string;
  /** Keep each hit (classify) instead of summaries only. */
  readonly collectHits?: boolean;
}

/** The detection kernel with its detectors compiled in. */
export interface Kernel {
  object(options?: DetectOptions): ObjectDetection;
  /** A text that may leave: every identifier in it masked. For keys, URLs, headers, error texts. */
  mask(text: string): string;
}
