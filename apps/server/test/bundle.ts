import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A path of the server's folder. */
export const inServer = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Bundles a program of the server as `npm run build` does; what is from npm stays outside. */
export const bundleProgram = async (source: string, outfile: string): Promise<string> => {
  await build({
    entryPoints: [inServer(`src/${source}`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name: 'own-packages',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^@jiankangbao\// }, ({ path }) => {
            const [, name = '', ...file] = path.split('/')
            return { path: inServer(`../../packages/${name}/src/${file.join('/')}.ts`) }
          }),
      },
    ],
  })
  return outfile
}
