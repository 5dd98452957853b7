/** Reasons from the access-control documents of Amazon S3. */
export const S3: Readonly<Record<string, string>> = {};
