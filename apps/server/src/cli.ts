import { parseArgs } from 'node:util'
import { type Answer, acceptHead, showAuditHead, verifyAudit } from './commands/audit.ts'
import { describeCapacity } from './commands/capacity.ts'
import { createCityOf, describeActivation, recoverCityOf } from './commands/city.ts'
import { checkDatabase } from './commands/db-check.ts'
import { showDemo, writeDemo } from './commands/demo.ts'
import { checkImport } from './commands/import.ts'
import {
  exportKeys,
  importKeys,
  retireKeys,
  rotateAuditKeys,
  rotateKeys,
  sealKeyFiles,
  showKeyStatus,
  unsealKeyFiles,
  verifyKeys,
} from './commands/keys.ts'
import { acceptRestore, OWNER_WANTED } from './commands/restore.ts'
import { isSeeded, seedCity } from './commands/seed/seed.ts'
import { issueTokens } from './commands/tokens.ts'
import { type Config, readConfig } from './config.ts'
import { installJobSchema } from './db/job-schema.ts'
import { migrate } from './db/migrate.ts'
import { createPool, type Pool } from './db/pool.ts'
import { addPartner, revokePartner } from './features/inflow/partner/partner.service.ts'
import { renewActivation } from './features/people/operator/activation.service.ts'
import { createFieldEncryption } from './keys/field-encryption.ts'
import { openKeys } from './keys/known-keys.service.ts'

const USAGE = `jkb — 健康宝命令行 the command line of Jiankangbao

  jkb db migrate                       更新数据库结构 bring the schema up to date (MIGRATOR_DATABASE_URL)
  jkb db check                         迁移前检查 what each pending migration will change and how long that takes
  jkb db seed                          生成虚构城市 make the fictional city, once
  jkb demo [--json]                    演示账号与场所码 sign-ins and doors of the fictional city
  jkb city create --profile FILE       建立真实城市 make a real city of an empty database (MIGRATOR_DATABASE_URL, DEMO=false)
  jkb city recover --username A --username B
                                       没有管理员可用时启用两名 two administrators for a city that has none left
  jkb operator activation --username U 重新发放激活码 a one-time code by which the operator sets password and second factor
  jkb partner create --name N --kind province|laboratory
                                       新建推送单位 make a system that pushes data; its key is shown once
  jkb partner revoke --name N          停用推送单位密钥 end its key at once
  jkb keys rotate [--delay-hours 24]   更换签名密钥 publish a signing key that takes over after the delay
  jkb keys rotate --leaked             签名密钥泄露 sign with a new key now, and believe nothing that older ones signed
  jkb keys rotate data                 更换数据密钥 encrypt with another data key; the jobs write all old values anew
  jkb keys rotate token [--leaked]     更换令牌密钥 sign tokens with another secret; old ones are good until they end, or not at all
  jkb keys status                      密钥与更换进度 keys, the processes that hold them, and how far an exchange is
  jkb keys retire data N               停用数据密钥 end a data key with which nothing is encrypted any more
  jkb keys rotate-audit                更换审计密钥 seal the audit log with another key from now on
  jkb keys verify                      核验加密数据 read every encrypted value; exit code 1 where one was not written for its row
  jkb keys seal --pkcs11 MODULE --token LABEL --key LABEL | --environment VARIABLE | --wrap PROGRAM --unwrap PROGRAM
                                       加密密钥文件 encrypt the key files under a key that an HSM, the environment or a KMS keeps
  jkb keys unseal                      取消加密 back to files that their owner can read
  jkb keys export --out FILE [--passphrase-file FILE]
                                       导出全部密钥 all keys for another machine, encrypted under a passphrase
  jkb keys import --file FILE [--passphrase-file FILE]
                                       导入密钥 take the keys of another machine; never over other keys
  jkb audit verify [--from N] [--head FILE] [--keys FILE] [--json]
                                       核验审计链 check every seal and entry; exit code 1 where something was altered
  jkb audit head [--out FILE]          导出审计链首 the signed last seal, for an outside witness
  jkb audit accept-head --why TEXT     备份恢复后继续封存 go on sealing from the chain as it is, after a restored backup
  jkb restore accept --why TEXT        确认恢复的备份，恢复服务 serve a restored database; all tokens end, ids go on beyond the lost ones
  jkb import check --kind KIND --file FILE-OR-FOLDER [--sheet NAME] [--errors FILE]
                                       检查名单格式 read a list and report its bad rows; changes nothing, looks nobody up
  jkb capacity --citizens N [--bench FILE] [--round-hours 12]
                                       容量估算 what a city of N wants on an ordinary day, its opening day, in a testing round
  jkb tokens issue --citizens N        压测令牌 access tokens of N citizens of the fictional city, one a line`

const withPool = async <T>(config: Config, work: (pool: Pool) => Promise<T>): Promise<T> => {
  const pool = createPool(config.databaseUrl, 2, 'jkb-command')
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

const migrateDatabase = async (config: Config): Promise<string> => {
  if (!config.migratorUrl) throw new Error(OWNER_WANTED)
  const applied = await migrate({
    connectionString: config.migratorUrl,
    directory: config.migrationsDirectory,
  })
  await installJobSchema(config.migratorUrl)
  return applied.length > 0 ? applied.join('\n') : '数据库结构已是最新。The schema is up to date.'
}

// As owner where possible: divisions are not the server's to write.
const withOwnerPool = <T>(config: Config, work: (pool: Pool) => Promise<T>): Promise<T> =>
  withPool({ ...config, databaseUrl: config.migratorUrl ?? config.databaseUrl }, work)

const seed = (config: Config): Promise<string> =>
  withOwnerPool(config, async (pool) => {
    if (!config.demo)
      throw new Error(
        'DEMO=false 是真实城市，不生成演示数据；请用 jkb city create。DEMO=false is a real city: nothing is made up for it. Use jkb city create.',
      )
    if (await isSeeded(pool)) return '已有人员数据，不再生成。There are people already; nothing was made.'
    const keys = await openKeys(pool, config.dataDirectory)
    const { publicOrigin, consentVersion } = config
    const demo = await seedCity({
      city: config.cityProfile,
      sandboxUrl: config.sandboxUrl,
      pool,
      keys,
      encryption: createFieldEncryption(keys),
      publicOrigin,
      consentVersion,
    })
    writeDemo(config.dataDirectory, demo)
    return `${demo.citizens.length} citizens, ${demo.operators.length} operators, ${demo.venues.length} doors`
  })

const makeActivation = async (config: Config, pool: Pool, args: string[]): Promise<string> => {
  const { values } = parseArgs({ args, options: { username: { type: 'string' } } })
  if (!values.username) throw new Error(`缺少参数 Something is missing.\n\n${USAGE}`)
  const encryption = createFieldEncryption(await openKeys(pool, config.dataDirectory))
  const made = await renewActivation({ pool, encryption }, values.username, new Date())
  return describeActivation({ username: values.username, ...made }, config.publicOrigin)
}

const readPartner = (args: string[]) =>
  parseArgs({ args, options: { name: { type: 'string' }, kind: { type: 'string' } } }).values

const createPartner = async (config: Config, args: string[]): Promise<string> => {
  const { name, kind } = readPartner(args)
  if (!name || (kind !== 'province' && kind !== 'laboratory'))
    throw new Error(`缺少参数 Something is missing.\n\n${USAGE}`)
  const { partnerId, key } = await withPool(config, (pool) =>
    addPartner(pool, { name, kind, now: new Date() }),
  )
  return `partner  ${partnerId}\nkey      ${key}  (shown once; sent as "Authorization: Bearer …")`
}

const endPartner = async (config: Config, args: string[]): Promise<string> => {
  const { name } = readPartner(args)
  if (!name) throw new Error(`缺少参数 Something is missing.\n\n${USAGE}`)
  await withPool(config, (pool) => revokePartner(pool, name, new Date()))
  return `${name}: 密钥已停用 the key is no longer good`
}

const run = async (args: string[]): Promise<string | Answer> => {
  const [first = '', second = '', ...rest] = args
  if (['', 'help', '--help', '-h'].includes(first)) return USAGE
  // Before anything is read: whoever mistyped a command has no use for what is wrong with the settings.
  if (!USAGE.includes(`\n  jkb ${first === 'demo' || first === 'capacity' ? first : `${first} ${second}`} `))
    throw new UsageError(`没有这个命令 There is no command "${`${first} ${second}`.trim()}".`)
  if (first === 'capacity') return describeCapacity(args.slice(1))
  const config = readConfig(process.env)
  if (first === 'demo') return showDemo(config.dataDirectory, args.includes('--json'))
  switch (`${first} ${second}`) {
    case 'db migrate':
      return migrateDatabase(config)
    case 'db check':
      return checkDatabase(config)
    case 'db seed':
      return seed(config)
    case 'city create':
      return withOwnerPool(config, (pool) => createCityOf(config, pool, rest))
    case 'city recover':
      return withPool(config, (pool) => recoverCityOf(config, pool, rest))
    case 'operator activation':
      return withPool(config, (pool) => makeActivation(config, pool, rest))
    case 'partner create':
      return createPartner(config, rest)
    case 'partner revoke':
      return endPartner(config, rest)
    case 'keys rotate':
      return withPool(config, (pool) => rotateKeys(config, pool, rest))
    case 'keys status':
      return withPool(config, showKeyStatus)
    case 'keys retire':
      return withPool(config, (pool) => retireKeys(pool, rest))
    case 'keys seal':
      return sealKeyFiles(config, rest)
    case 'keys unseal':
      return unsealKeyFiles(config)
    case 'keys verify':
      return withPool(config, (pool) => verifyKeys(config, pool))
    case 'keys rotate-audit':
      return withPool(config, (pool) => rotateAuditKeys(config, pool))
    case 'keys export':
      return withPool(config, (pool) => exportKeys(config, pool, rest))
    case 'keys import':
      return withPool(config, (pool) => importKeys(config, pool, rest))
    case 'audit verify':
      return withPool(config, (pool) => verifyAudit(pool, () => openKeys(pool, config.dataDirectory), rest))
    case 'audit head':
      return withPool(config, (pool) => showAuditHead(pool, rest))
    case 'audit accept-head':
      return withPool(config, async (pool) =>
        acceptHead(pool, await openKeys(pool, config.dataDirectory), rest),
      )
    case 'restore accept':
      return acceptRestore(config, rest)
    case 'import check':
      return checkImport(rest)
    case 'tokens issue':
      return withPool(config, async (pool) =>
        issueTokens(pool, await openKeys(pool, config.dataDirectory), rest),
      )
    default:
      throw new UsageError(`${first} ${second}`)
  }
}

class UsageError extends Error {}

run(process.argv.slice(2)).then(
  (answer) => {
    console.log(typeof answer === 'string' ? answer : answer.text)
    if (typeof answer !== 'string') process.exitCode = answer.exitCode
  },
  (error: unknown) => {
    console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : (error as Error).message)
    process.exit(error instanceof UsageError ? 2 : 1)
  },
)
