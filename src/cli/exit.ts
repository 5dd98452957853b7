/** Exit codes, as the design and `ajar --help` state them. */
export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  gaps: 3,
  findingsAndGaps: 4,
  /** Second Ctrl-C: nothing was concluded. */
  killed: 130,
} as const;

export function exitCode(findings: number, gaps: number): number {
  if (findings > 0) return gaps > 0 ? EXIT.findingsAndGaps : EXIT.findings;
  return gaps > 0 ? EXIT.gaps : EXIT.clean;
}
