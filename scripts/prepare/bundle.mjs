import { inProject } from '../project.mjs'

/**
 * Bundles a Node program: our own packages are TypeScript and go in, everything from npm stays outside.
 * @param {string} directory of the app, for example `apps/server`
 * @param {Record<string, string>} entries output name → source path inside the app
 * @param {string} [output] absolute; `dist` of the app by default
 */
export const bundle = async (directory, entries, output = inProject(directory, 'dist')) => {
  const { build } = await import('esbuild')
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(entries).map(([name, path]) => [name, inProject(directory, path)]),
    ),
    outdir: output,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    packages: 'external',
    plugins: [ownPackages],
    logLevel: 'silent',
  })
}

// `packages: 'external'` takes every bare import for npm's; these are ours.
const ownPackages = {
  name: 'own-packages',
  setup(build) {
    build.onResolve({ filter: /^@jiankangbao\/[a-z-]+\// }, ({ path }) => {
      const [, name, file] = /^@jiankangbao\/([a-z-]+)\/(.+)$/.exec(path)
      return { path: inProject('packages', name, 'src', `${file}.ts`) }
    })
  },
}
