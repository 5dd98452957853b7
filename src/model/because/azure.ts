/** Reasons from the access-control documents of Azure Blob Storage. */
export const AZURE: Readonly<Record<string, string>> = {};
