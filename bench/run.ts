/** `npm run -s bench -- NAME …`: the benchmarks by name. Each is a file of this folder with `run`. */
const BENCHES: Readonly<
  Record<string, () => Promise<{ run: (args: readonly string[]) => Promise<number> }>>
> = {
  detect: () => import('./detect.ts'),
  exposure: () => import('./exposure.ts'),
  extract: () => import('./extract.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = BENCHES[name];
if (load === undefined) {
  process.stderr.write(
    `bench: "${name}" is no benchmark; choose one of: ${Object.keys(BENCHES).join(', ')}\n`,
  );
  process.exit(2);
}
process.exitCode = await (await load()).run(args);
