import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CITIES } from '@jiankangbao/city/cities'
import { DEFAULT_CITY } from '@jiankangbao/city/words'
import { IMPORT_PART_BYTES } from '@jiankangbao/contracts/import/limits'
import type { Import } from '@jiankangbao/contracts/import/schemas'
import { SHIPPED_CATEGORY_WORDS } from '../../apps/server/src/features/lists/columns/category-words.ts'
import { checkRows, chooseSheets } from '../../apps/server/src/features/lists/file/check-file.ts'
import { createFieldEncryption, documentKey } from '../../apps/server/src/keys/field-encryption.ts'
import { openFileKeyProvider } from '../../apps/server/src/keys/key-provider.ts'
import { openTable } from '../../apps/server/src/sheets/open-table.ts'
import { workbookFile } from '../../apps/server/test/zip-file.ts'
import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'

/** One list on its way. */
interface ListFigures {
  rows: number
  fileBytes: number
  /** From the first part sent to the last acknowledged, seconds. */
  uploadSeconds: number
  checkSeconds: number
  applySeconds: number
  /** Largest resident memory of a server process during each step, MiB. */
  uploadMiB: number
  checkMiB: number
  applyMiB: number
}

export interface ImportFigures extends ListFigures {
  /** Ceilings: reading and checking the file alone; writing its rows alone, a thousand a statement. Rows a second. */
  parsePerSecond: number
  writePerSecond: number
  /** The same of a workbook of at most 200,000 rows; absent in older figures. */
  workbookPerSecond?: number
  /** Persons that have the result after it, counted in the database. */
  personsWithResult: number
  /** A list of findings with workplaces, and how many there are after it; absent in older figures. */
  findings?: ListFigures & { written: number }
}

const CITY = CITIES[DEFAULT_CITY].division
const BATCH = 1000
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The resident ID number of the n-th person of the list, with its check digit. */
const residentId = (n: number): string => {
  const birth = new Date(Date.UTC(1950, 0, 1) + (n % 20_000) * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '')
  // Never ending in 00: with a check digit of 0 it would look as if a spreadsheet had cut it.
  const k = Math.floor(n / 20_000) % 990
  const text = `${CITY}${birth}${String(Math.floor(k / 99) * 100 + (k % 99) + 1).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return text + '10X98765432'.charAt(sum % 11)
}

/** Gives the city's persons documents whose blind index the server under load can find. */
const giveDocuments = async (stage: Stage, count: number): Promise<void> => {
  const encryption = createFieldEncryption(openFileKeyProvider(stage.dataDirectory))
  for (let first = 1; first <= count; first += 10_000) {
    const ids = Array.from({ length: Math.min(10_000, count - first + 1) }, (_, index) => first + index)
    const indexes = ids.map((id) =>
      encryption.blindIndex('document', documentKey('resident_id', residentId(id), undefined)),
    )
    await stage.admin.query(
      `update identity_documents d set document_index = n.document_index
       from unnest($1::bigint[], $2::bytea[]) as n(person_id, document_index) where d.person_id = n.person_id`,
      [ids, indexes],
    )
  }
}

const writeList = async (path: string, rows: number): Promise<void> => {
  const out = createWriteStream(path)
  const sampled = new Date(Date.now() + 8 * 3600_000 - 5 * 3600_000)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')
  out.write('姓名,身份证号,样本编号,采样时间,采样方式,检测结果\r\n')
  for (let row = 1; row <= rows; row += 1) {
    const line = `,${residentId(row)},XZ${String(row).padStart(9, '0')},${sampled},混采,阴性\r\n`
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

/** Findings of everybody, forty at a workplace. */
const writeFindings = async (path: string, rows: number): Promise<void> => {
  const out = createWriteStream(path)
  const on = new Date(Date.now() - 16 * 3600_000).toISOString().slice(0, 10)
  out.write('身份证号,赋码类别,起算日期,依据,工作单位\r\n')
  for (let row = 1; row <= rows; row += 1) {
    const line = `${residentId(row)},时空伴随,${on},流调报告 2022-031,云龙第 ${Math.ceil(row / 40)} 机械厂\r\n`
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

const WORKBOOK_ROWS = 200_000

/** Such a list as a workbook, with its numbers as text. */
const writeWorkbook = async (path: string, rows: number): Promise<void> => {
  const cell = (text: string): string => `<c t="str"><v>${text}</v></c>`
  const sampled = cell(new Date(Date.now() + 3 * 3600_000).toISOString().slice(0, 16).replace('T', ' '))
  const lines = [['身份证号', '样本编号', '采样时间', '检测结果'].map(cell).join('')]
  for (let row = 1; row <= rows; row += 1)
    lines.push(
      `${cell(residentId(row))}${cell(`XZ${String(row).padStart(9, '0')}`)}${sampled}${cell('阴性')}`,
    )
  await writeFile(path, workbookFile({ 名单: lines.map((line) => `<row>${line}</row>`).join('') }))
}

const makeOperator = async (stage: Stage, username: string) => {
  const cookie = randomBytes(32).toString('base64url')
  const { rows } = await stage.admin.query<{ operator_id: string }>(
    `insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, must_change_password)
     values ($1::text, $1::text, 'bench', '{hq}', $2::text, 'none', '\\x00', false) returning operator_id`,
    [username, CITY],
  )
  await stage.admin.query(
    `insert into operator_sessions (session_hash, operator_id, csrf_token, expires_at, address)
     values ($1::bytea, $2::bigint, 'bench', now() + interval '8 hours', '127.0.0.1')`,
    [createHash('sha256').update(cookie).digest(), rows[0]?.operator_id],
  )
  return async <Answer>(
    server: RunningServer,
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer> => {
    const answer = await fetch(`${server.origin}/api/v1/operator/${path}`, {
      method,
      headers: {
        cookie: `jkb_operator=${cookie}`,
        'x-csrf-token': 'bench',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

const parseAlone = async (path: string): Promise<void> => {
  const table = await openTable(path)
  const choice = await chooseSheets(table, 'test_results')
  if (!choice.ok) throw new Error('the list has no heading')
  await checkRows(table, choice, {
    kind: 'test_results',
    nowMs: Date.now(),
    categories: SHIPPED_CATEGORY_WORDS,
    onBadRow: () => {},
  })
  table.close()
}

const writeAlone = async (stage: Stage, rows: number): Promise<void> => {
  await stage.admin.query('create table bench_rows (like import_rows including all)')
  for (let first = 1; first <= rows; first += BATCH)
    await stage.admin.query(
      `insert into bench_rows (import_id, row_number, row_key, person_id, at, number, result, kind)
       select 1, n, substr(sha256(int8send(n)), 1, 16), n, now(), 'XZ' || n, 'negative', 'pooled'
       from generate_series($1::int, $2::int) as g(n)`,
      [first, Math.min(rows, first + BATCH - 1)],
    )
  await stage.admin.query('drop table bench_rows')
}

type Operator = Awaited<ReturnType<typeof makeOperator>>

/** Has a list uploaded, checked, approved by another and applied. */
const bringIn = async (
  server: RunningServer,
  { author, approver }: { author: Operator; approver: Operator },
  path: string,
  list: { rows: number; kind: Import['kind']; partnerId?: string },
): Promise<ListFigures> => {
  const { rows, ...what } = list
  const { size } = await stat(path)
  const made = await author<Import>(server, 'POST', 'imports', {
    requestId: randomUUID(),
    fileName: 'list.csv',
    fileBytes: size,
    evidence: 'bench list',
    source: 'bench',
    ...what,
  })
  const one = `imports/${made.importId}`
  const waitFor = async (wanted: Import['state'], through: Import['state'][]): Promise<Import> => {
    for (;;) {
      const now = await author<Import>(server, 'GET', one)
      if (now.state === wanted) return now
      if (!through.includes(now.state)) throw new Error(`the list is ${now.state}: ${JSON.stringify(now)}`)
      await sleep(500)
    }
  }
  server.peakMemory()
  const uploadSeconds = await seconds(async () => {
    let part = 0
    for await (const content of createReadStream(path, { highWaterMark: IMPORT_PART_BYTES })) {
      await author(server, 'PUT', `${one}/parts/${part}`, {
        content: (content as Buffer).toString('base64'),
      })
      part += 1
    }
  })
  const uploadMiB = server.peakMemory()
  await author(server, 'POST', `${one}/completion`)
  const checkSeconds = await seconds(() => waitFor('checked', ['waiting', 'checking']))
  const checkMiB = server.peakMemory()
  const { proposalId } = await author<{ proposalId: string }>(server, 'POST', `${one}/proposal`, {
    requestId: randomUUID(),
  })
  await approver(server, 'POST', `proposals/${proposalId}/decision`, { verdict: 'approve', reason: 'bench' })
  const applySeconds = await seconds(() => waitFor('applied', ['applying']))
  const applyMiB = server.peakMemory()
  return { rows, fileBytes: size, uploadSeconds, checkSeconds, applySeconds, uploadMiB, checkMiB, applyMiB }
}

const countRows = async (stage: Stage, text: string, values: unknown[] = []): Promise<number> =>
  Number((await stage.admin.query<{ count: string }>(text, values)).rows[0]?.count ?? 0)

/** Lists of as many rows as the city has persons: results, then findings. */
export const runImports = async (stage: Stage): Promise<ImportFigures> => {
  const rows = stage.options.persons
  const path = join(stage.files, 'list.csv')
  await stage.clear()
  await giveDocuments(stage, rows)
  await writeList(path, rows)
  const parse = await seconds(() => parseAlone(path))
  const write = await seconds(() => writeAlone(stage, rows))
  const workbook = join(stage.files, 'list.xlsx')
  const workbookRows = Math.min(rows, WORKBOOK_ROWS)
  await writeWorkbook(workbook, workbookRows)
  const parseWorkbook = await seconds(() => parseAlone(workbook))
  const laboratory = await stage.admin.query<{ partner_id: string }>(
    `insert into partners (name, kind, key_hash) values ('bench', 'laboratory', $1::bytea) returning partner_id`,
    [randomBytes(32)],
  )
  const partnerId = laboratory.rows[0]?.partner_id ?? ''
  const operators = {
    author: await makeOperator(stage, `bench-${randomUUID().slice(0, 8)}`),
    approver: await makeOperator(stage, `bench-${randomUUID().slice(0, 8)}`),
  }
  const settings = { work: true, workers: 1 }
  await stage.admin.query('vacuum analyze')
  const results = await stage.withServer(settings, (server) =>
    bringIn(server, operators, path, { rows, kind: 'test_results', partnerId }),
  )
  const personsWithResult = await countRows(
    stage,
    'select count(*) from test_results where partner_id = $1::bigint',
    [partnerId],
  )
  // Whoever waits for an evaluation is another scenario's.
  await stage.admin.query('truncate dirty_persons')
  await stage.admin.query('vacuum analyze')
  await writeFindings(path, rows)
  const findings = await stage.withServer(settings, (server) =>
    bringIn(server, operators, path, { rows, kind: 'findings' }),
  )
  const written = await countRows(stage, 'select count(*) from findings where import_id is not null')
  return {
    ...results,
    parsePerSecond: rows / parse,
    writePerSecond: rows / write,
    workbookPerSecond: workbookRows / parseWorkbook,
    personsWithResult,
    findings: { ...findings, written },
  }
}
