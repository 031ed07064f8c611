// `npm run rehearse -- failover|restore|upgrade`: what a city's machines do when something breaks. See bench/rehearse/README.md.
import { buildStale, forStart } from './prepare/build.mjs'
import { ensureTools } from './prepare/debian-tools.mjs'
import { runBundled } from './prepare/run-bundled.mjs'
import { printProblem } from './problem.mjs'

const tools = {
  failover: { etcd: 'etcd-server', patroni: 'patroni', haproxy: 'haproxy', pg_ctlcluster: 'postgresql' },
  upgrade: { haproxy: 'haproxy', pg_ctlcluster: 'postgresql' },
  restore: { pgbackrest: 'pgbackrest', pg_ctlcluster: 'postgresql' },
}

try {
  await ensureTools(tools[process.argv[2]] ?? {})
  await buildStale(forStart.filter(({ name }) => name === 'server'))
  await runBundled('rehearse', { main: 'bench/rehearse/main.ts' })
} catch (error) {
  printProblem(error)
  process.exitCode = 1
}
