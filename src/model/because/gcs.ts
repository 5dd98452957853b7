/** Reasons from the access-control documents of Google Cloud Storage. */
export const GCS: Readonly<Record<string, string>> = {};
