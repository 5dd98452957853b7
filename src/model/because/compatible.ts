/** Reasons from the access-control documents of S3-compatible and Swift stores. */
export const COMPATIBLE: Readonly<Record<string, string>> = {};
