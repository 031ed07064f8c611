import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { ensureTools } from '../prepare/debian-tools.mjs'
import { run } from '../prepare/run.mjs'
import { inProject } from '../project.mjs'
import { checkManifest } from './kubernetes-schema.mjs'

// What stands in deploy/, looked at by the programs that will read it. They come from Debian; one that is missing is installed,
// or the tests fail and say what to install.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 900_000 })

let tools
let work

const check = async (tool, args, options) => {
  const { code, output } = await run(tools[tool], args, options)
  return { code, output }
}

/** A file of deploy/ with some of its text exchanged, written into the work folder. */
const lay = async (path, changes, name = path.split('/').at(-1)) => {
  let text = await readFile(inProject('deploy', path), 'utf8')
  for (const [from, to] of changes) {
    expect(text).toContain(from)
    text = text.replaceAll(from, to)
  }
  const place = join(work, name)
  await writeFile(place, text)
  return place
}

const makeCertificate = async () => {
  const { code, output } = await run(tools.openssl, [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
    ...['-subj', '/CN=jkm.example.gov.cn'],
    ...['-keyout', join(work, 'key.pem'), '-out', join(work, 'fullchain.pem')],
  ])
  expect(code, output).toBe(0)
  const both = await Promise.all(
    ['fullchain.pem', 'key.pem'].map((name) => readFile(join(work, name), 'utf8')),
  )
  await writeFile(join(work, 'haproxy.pem'), both.join(''))
}

beforeAll(async () => {
  tools = await ensureTools({
    nginx: 'nginx-light',
    haproxy: 'haproxy',
    promtool: 'prometheus',
    amtool: 'prometheus-alertmanager',
    'systemd-analyze': 'systemd',
    'docker-compose': 'docker-compose',
    openssl: 'openssl',
    python3: 'python3',
    kubectl: 'kubernetes-client',
  })
  work = await mkdtemp(join(tmpdir(), 'jkb-deploy-'))
  await makeCertificate()
})
afterAll(() => work && rm(work, { recursive: true, force: true }))

const nginxTest = async (upstream) => {
  await lay('nginx/jiankangbao.conf', [['/etc/jiankangbao/tls', work]])
  const hosts = [
    ['server-1:', '127.0.0.1:'],
    ['server-2:', '127.0.0.2:'],
  ]
  await lay(upstream, upstream.startsWith('compose') ? hosts : [], 'upstream.conf')
  await writeFile(
    join(work, 'nginx.conf'),
    `pid ${work}/nginx.pid; error_log stderr; events {} http { include ${work}/upstream.conf; include ${work}/jiankangbao.conf; }`,
  )
  return check('nginx', ['-t', '-c', join(work, 'nginx.conf')])
}

describe('proxies', () => {
  it.each(['nginx/jiankangbao-upstream.conf', 'compose/upstream.conf'])(
    'nginx takes %s',
    async (upstream) => {
      const { code, output } = await nginxTest(upstream)
      expect(code, output).toBe(0)
      expect(output).not.toContain('[warn]')
    },
  )

  it('HAProxy takes the door and the way to the primary', async () => {
    const door = await lay('haproxy/door.cfg', [['/etc/jiankangbao/tls', work]])
    for (const path of [door, inProject('deploy/haproxy/database.cfg')]) {
      const { code, output } = await check('haproxy', ['-c', '-f', path])
      expect(code, output).toBe(0)
      expect(output).not.toMatch(/WARNING|ALERT/)
    }
  })

  it('are as many as TRUSTED_PROXIES says, and each adds whom it was asked by', async () => {
    const [nginx, haproxy, settings, compose] = await Promise.all(
      [
        'nginx/jiankangbao.conf',
        'haproxy/door.cfg',
        'systemd/environment.example',
        'compose/compose.yml',
      ].map((path) => readFile(inProject('deploy', path), 'utf8')),
    )
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;')
    expect(haproxy).toMatch(/^ {4}option forwardfor$/m)
    expect(settings).toMatch(/^TRUSTED_PROXIES=1$/m)
    expect(compose).toContain('TRUSTED_PROXIES: "1"')
  })
})

describe('services of systemd', () => {
  it.each(['jiankangbao.service', 'jiankangbao-jobs.service'])(
    '%s is understood and locked in',
    async (name) => {
      const program = join(work, 'jiankangbao')
      await writeFile(program, '#!/bin/sh\n', { mode: 0o755 })
      const unit = await lay(`systemd/${name}`, [['/opt/jiankangbao/bin/jiankangbao', program]])
      const { code, output } = await check('systemd-analyze', ['verify', '--man=no', unit])
      expect(code, output).toBe(0)
      expect(output.split('\n').filter((line) => line.includes(name))).toEqual([])
      // Of ten: what a service that was broken into could do. Without the hardening it is 9.2.
      const exposure = await check('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit])
      expect(exposure.code, exposure.output).toBe(0)
    },
  )
})

describe('the guard of the disk', () => {
  it('is understood by Python and systemd, locked in, and asks this machine alone', async () => {
    const guard = inProject('deploy/postgresql/disk-guard.py')
    const { code, output } = await check('python3', [
      '-c',
      `compile(open(${JSON.stringify(guard)}).read(), 'guard', 'exec')`,
    ])
    expect(code, output).toBe(0)
    const unit = await lay('systemd/jiankangbao-disk-guard.service', [
      ['/opt/jiankangbao/deploy/postgresql', work],
    ])
    const verified = await check('systemd-analyze', ['verify', '--man=no', unit])
    expect(verified.code, verified.output).toBe(0)
    const exposure = await check('systemd-analyze', ['security', '--offline=true', '--threshold=15', unit])
    expect(exposure.code, exposure.output).toBe(0)
  })
})

describe('watching', () => {
  const alertFiles = ['alerts.yml', 'machines.yml']

  it('Prometheus takes its settings and all rules', async () => {
    const folder = join(work, 'prometheus')
    await mkdir(folder)
    for (const name of alertFiles) await cp(inProject('deploy/prometheus', name), join(folder, name))
    for (const path of ['prometheus/prometheus.yml', 'compose/prometheus.yml']) {
      await cp(inProject('deploy', path), join(folder, 'prometheus.yml'))
      const { code, output } = await check('promtool', ['check', 'config', join(folder, 'prometheus.yml')])
      expect(code, output).toBe(0)
    }
  })

  it('rings when it ought to', async () => {
    const { code, output } = await check('promtool', [
      'test',
      'rules',
      inProject('deploy/prometheus/rules-test.yml'),
    ])
    expect(code, output).toBe(0)
  })

  it('Alertmanager takes its settings', async () => {
    const { code, output } = await check('amtool', [
      'check-config',
      inProject('deploy/alertmanager/alertmanager.yml'),
    ])
    expect(code, output).toBe(0)
  })

  it('every alert leads to a page that is there, and every page is led to or listed', async () => {
    const pages = await readdir(inProject('docs/runbooks'))
    const list = await readFile(inProject('docs/runbooks/README.md'), 'utf8')
    for (const file of alertFiles) {
      const text = await readFile(inProject('deploy/prometheus', file), 'utf8')
      for (const block of text.split(/^ {6}- alert: /m).slice(1)) {
        const page = /runbook: docs\/runbooks\/([a-z-]+\.md)$/m.exec(block)?.[1]
        expect(pages, block.split('\n')[0]).toContain(page)
      }
    }
    for (const page of pages.filter((name) => name !== 'README.md')) expect(list).toContain(`(${page})`)
  })

  it('Grafana is given a dashboard that is JSON', async () => {
    const dashboard = JSON.parse(await readFile(inProject('deploy/grafana/jiankangbao.json'), 'utf8'))
    expect(dashboard.panels.length).toBeGreaterThan(0)
  })
})

describe('compose', () => {
  const environment = {
    POSTGRES_PASSWORD: 'a',
    JKB_APP_PASSWORD: 'b',
    JKB_MIGRATOR_PASSWORD: 'c',
    JKB_READONLY_PASSWORD: 'd',
    REPLICATION_PASSWORD: 'e',
    GRAFANA_PASSWORD: 'f',
    TLS_DIRECTORY: '/tls',
  }
  const config = async (env) => {
    const folder = join(work, 'deploy/compose')
    await cp(inProject('deploy'), join(work, 'deploy'), { recursive: true })
    await writeFile(
      join(folder, 'settings.env'),
      await readFile(inProject('deploy/systemd/environment.example')),
    )
    return check('docker-compose', ['-f', join(folder, 'compose.yml'), 'config'], {
      env: { PATH: process.env.PATH, ...env },
    })
  }

  it('is understood whole', async () => {
    const { code, output } = await config(environment)
    expect(code, output).toBe(0)
    for (const service of [
      'proxy',
      'server-1',
      'server-2',
      'jobs',
      'migrate',
      'database-1',
      'database-2',
      'backup',
    ])
      expect(output).toMatch(new RegExp(`^  ${service}:`, 'm'))
    expect(output.match(/read_only: true/g)?.length).toBeGreaterThanOrEqual(4)
  })

  it('refuses to start without a password, and says which', async () => {
    const { JKB_APP_PASSWORD, ...rest } = environment
    const { code, output } = await config(rest)
    expect(code).not.toBe(0)
    expect(output).toContain('JKB_APP_PASSWORD')
    expect(JKB_APP_PASSWORD).toBe('b')
  })

  it('mounts nothing that is not there', async () => {
    const text = await readFile(inProject('deploy/compose/compose.yml'), 'utf8')
    const mounts = [...text.matchAll(/(?:- |\[")(\.\.?\/[\w./-]+):\//g)].map(([, path]) => path)
    expect(mounts.length).toBeGreaterThan(10)
    for (const path of mounts)
      await expect(
        readFile(inProject('deploy/compose', path)).catch((error) => error.code),
        path,
      ).resolves.not.toBe('ENOENT')
  })

  it('runs scripts that the shell understands', async () => {
    for (const name of [
      'compose/initialise.sh',
      'compose/standby.sh',
      'compose/backup.sh',
      'postgresql/backup.sh',
    ]) {
      const { code, output } = await run('sh', ['-n', inProject('deploy', name)])
      expect(code, output).toBe(0)
    }
  })
})

describe('the image', () => {
  it('is made of the archive alone, runs as somebody else than root, and knows whether it lives', async () => {
    const text = await readFile(inProject('deploy/Containerfile'), 'utf8')
    expect([...text.matchAll(/^(?:ADD|COPY) (\S+)/gm)].map(([, source]) => source)).toEqual([
      'dist/jiankangbao-*-linux-*.tar.gz',
    ])
    expect(text).toMatch(/^USER node$/m)
    expect(text).toMatch(/^HEALTHCHECK /m)
    expect(await readFile(inProject('.containerignore'), 'utf8')).toBe(
      await readFile(inProject('.dockerignore'), 'utf8'),
    )
  })
})

describe('Kubernetes', () => {
  /** The manifests as kubectl puts them together: a document each. */
  const render = async () => {
    const { code, output } = await check('kubectl', ['kustomize', inProject('deploy/kubernetes')])
    expect(code, output).toBe(0)
    return output.split(/^---$/m)
  }
  const ofKind = (documents, kind) =>
    documents.filter((each) => new RegExp(`^kind: ${kind}$`, 'm').test(each))

  it('kubectl puts them together: servers, jobs, and a database of CloudNativePG with a standby that has all', async () => {
    const documents = await render()
    expect(ofKind(documents, 'Deployment')).toHaveLength(2)
    const [database] = ofKind(documents, 'Cluster')
    expect(database).toMatch(/apiVersion: postgresql\.cnpg\.io\/v1/)
    expect(database).toMatch(/instances: 3/)
    expect(database).toMatch(/minSyncReplicas: 1/)
    for (const kind of ['ScheduledBackup', 'Ingress', 'NetworkPolicy', 'PodDisruptionBudget', 'Service'])
      expect(ofKind(documents, kind), kind).toHaveLength(1)
  })

  const readManifests = async () => {
    const text = `${(await render()).join('---\n')}\n---\n${await readFile(inProject('deploy/kubernetes/migrate.yaml'), 'utf8')}`
    return parseAllDocuments(text, { merge: true }).map((document) => document.toJS())
  }

  it('every manifest is one of its kind, of Kubernetes or of CloudNativePG', async () => {
    const manifests = await readManifests()
    expect(manifests.length).toBeGreaterThan(9)
    expect(manifests.flatMap(checkManifest)).toEqual([])
  })

  it.each([
    ['Deployment', (each) => (each.spec.replicas = 'two'), /replicas.*integer/],
    ['Deployment', (each) => delete each.spec.template, /template/],
    [
      'Deployment',
      (each) => (each.spec.template.spec.containers[0].livenesProbe = {}),
      /nothing knows .*livenesProbe/,
    ],
    ['Ingress', (each) => (each.spec.rules[0].hosts = 'a'), /nothing knows \/spec\/rules\/0\/hosts/],
    ['Cluster', (each) => (each.spec.instances = 'many'), /instances.*integer/],
    ['Cluster', (each) => (each.spec.minSyncReplica = 1), /nothing knows \/spec\/minSyncReplica/],
    ['Job', (each) => (each.apiVersion = 'batch/v9'), /there is no batch\/v9 Job/],
  ])('a %s that is not is named', async (kind, spoil, words) => {
    const manifest = (await readManifests()).find((each) => each.kind === kind)
    spoil(manifest)
    expect(checkManifest(manifest).join()).toMatch(words)
  })

  it('nothing runs as root or writes its own files, and alive is not asked of the database', async () => {
    const migrate = await readFile(inProject('deploy/kubernetes/migrate.yaml'), 'utf8')
    const workloads = [...ofKind(await render(), 'Deployment'), migrate]
    for (const each of workloads) {
      expect(each).toContain('runAsNonRoot: true')
      expect(each).toContain('automountServiceAccountToken: false')
      const containers = each.match(/image: registry/g)?.length
      expect(each.match(/readOnlyRootFilesystem: true|securityContext: \*container-security/g)).toHaveLength(
        containers,
      )
    }
    const server = workloads.find((each) => each.includes('name: jiankangbao-server'))
    expect(server).toMatch(/livenessProbe:(\n {10,}.*)*\n\s+path: \/healthz/)
    expect(server).toMatch(/readinessProbe:(\n {10,}.*)*\n\s+path: \/readyz/)
  })

  it('holds no secret: only names of them', async () => {
    const documents = await render()
    expect(ofKind(documents, 'Secret')).toEqual([])
    expect(documents.join('')).not.toMatch(/(TOKEN|SECRET|PASSWORD|DATABASE_URL): [^<]/)
  })
})
