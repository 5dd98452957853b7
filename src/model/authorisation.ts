/** Who allowed a sweep of places that the one who sweeps has no account of. Printed in every report. */
export interface Authorisation {
  /** Who gave it, in the words of the configuration. */
  readonly by: string;
  /** File number, mandate, letter. */
  readonly reference: string;
  /** ISO 8601: a day, which is its last, or an instant. */
  readonly until: string;
  /** Host patterns, `*` for any run of characters; what fits none of them is not asked. */
  readonly hosts: readonly string[];
}
