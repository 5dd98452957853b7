/**
 * An object's key as the path of a URL. Slashes stay readable, unless a segment is `.` or `..`, which
 * every URL library folds away: then they are escaped too, and the key stays what it is.
 */
export function keyPath(key: string): string {
  const segments = key.split('/');
  if (segments.some((one) => one === '.' || one === '..')) return encodeURIComponent(key);
  return segments.map(encodeURIComponent).join('/');
}
