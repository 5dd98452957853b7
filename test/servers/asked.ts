/** Which servers this run asked for: the setup has brought them, or has failed. */
export function asked(name: string): boolean {
  return (process.env.AJAR_SERVERS_RUN ?? '').split(',').includes(name);
}
