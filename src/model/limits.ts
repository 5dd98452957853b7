/** Every limit in one place, each with its unit last. A limit that is hit becomes a gap that names it. */
export interface Limits {
  /** Bytes of one object that extraction takes in whole; larger ones are read by ranges. */
  readonly objectBytes: number;
  /** Bytes that one archive or compressed stream may expand to. */
  readonly expandedBytes: number;
  /** Expanded bytes for each compressed byte, beyond the first 10 MiB. */
  readonly expansionRatio: number;
  /** Archives inside archives. */
  readonly nestingDepth: number;
  readonly archiveMembers: number;
  /** Cells of one workbook. */
  readonly workbookCells: number;
  /** Pages of one PDF. */
  readonly pdfPages: number;
  /** Pixels of one picture; more are not decoded. */
  readonly pixels: number;
  /** Pages and pictures of one object that are read by OCR, which takes seconds each. */
  readonly ocrPages: number;
  /** Pixels of a page or picture as OCR gets it; larger ones are scaled down. */
  readonly ocrPixels: number;
  /** Bytes of one text piece. */
  readonly pieceBytes: number;
  /** Resident memory of a process that extracts and detects, and of its helper for pictures; half of it for the heap. */
  readonly processMemoryBytes: number;
  /** One object's extraction and detection. */
  readonly objectTimeMs: number;
  /** One request to a provider. */
  readonly requestTimeMs: number;
  /** Objects of one asset whose own grants are asked for with an anonymous HEAD. */
  readonly objectProbes: number;
  /** Keys kept in memory for one asset's sample. */
  readonly plannedObjects: number;
  /** Bytes of one folder's page on a web server. */
  readonly listingBytes: number;
  /** Folders inside folders of a web server. */
  readonly folderDepth: number;
  /** Folders of one web site that are listed. */
  readonly folders: number;
}

export const DEFAULT_LIMITS: Limits = {
  objectBytes: 64 * 1024 * 1024,
  expandedBytes: 512 * 1024 * 1024,
  expansionRatio: 200,
  nestingDepth: 10,
  archiveMembers: 10_000,
  workbookCells: 5_000_000,
  pdfPages: 2_000,
  pixels: 100_000_000,
  ocrPages: 20,
  ocrPixels: 8_000_000,
  pieceBytes: 1024 * 1024,
  processMemoryBytes: 2 * 1024 * 1024 * 1024,
  objectTimeMs: 120_000,
  requestTimeMs: 30_000,
  objectProbes: 1_000,
  plannedObjects: 20_000,
  listingBytes: 16 * 1024 * 1024,
  folderDepth: 32,
  folders: 10_000,
};
