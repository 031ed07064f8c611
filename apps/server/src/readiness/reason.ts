/** Why a server can not serve now: a code for programs, words for whoever looks. */
export interface Reason {
  code: ReasonCode
  zh: string
  en: string
}

/** Looks at one thing; an empty list says that it is as it has to be. Throws only where it can not look at all. */
export type ReadinessCheck = () => Promise<Reason[]>

const words = {
  STOPPING: ['服务正在停止。', 'The server is stopping.'],
  DATABASE_AWAY: [
    '连不上数据库，或数据库在规定时间内没有应答。',
    'The database can not be reached, or does not answer in time.',
  ],
  DATABASE_STANDBY: [
    '数据库是只读的备库：请连接主库，或先把备库提升为主库。',
    'The database is a standby and takes no writes: connect to the primary, or promote it.',
  ],
  DATABASE_READ_ONLY: [
    '数据库只读（default_transaction_read_only）：扫码、核验都写不进去。',
    'The database is read-only (default_transaction_read_only): no scan and no check can be written.',
  ],
  DATABASE_POOLED: [
    '服务与数据库之间有按事务分配连接的连接池（例如 PgBouncer 的 transaction 模式）：请直接连接数据库，或改用 session 模式。',
    'A pooler that hands out connections by the transaction stands before the database (PgBouncer in transaction mode, for example): connect directly, or use its session mode.',
  ],
  DATABASE_RESTORED: [
    '数据库比本服务器见过的旧，像是恢复了旧备份：确认后请运行 jkb restore accept，在此之前不提供服务。',
    'The database is older than what this server has seen, like a restored backup: look at it, then run jkb restore accept. Nothing is served until then.',
  ],
  DATABASE_EXCHANGED: [
    '这不是本服务器原来使用的数据库：若有意更换，请运行 jkb restore accept，在此之前不提供服务。',
    'This is another database than the one this server worked with: if that is meant, run jkb restore accept. Nothing is served until then.',
  ],
  SCHEMA_MISSING: [
    '数据库还没有建表：请运行 jkb db migrate。',
    'The database has no schema yet: run jkb db migrate.',
  ],
  SCHEMA_BEHIND: [
    '数据库结构比程序旧：请运行 jkb db migrate。',
    'The schema is older than this program: run jkb db migrate.',
  ],
  SCHEMA_AHEAD: [
    '数据库结构比程序新：请换上新版程序。',
    'The schema is newer than this program: deploy the newer program.',
  ],
  SCHEMA_DIFFERS: [
    '数据库结构与程序不符（迁移文件在执行后被改动或删除）。',
    'The schema is not that of this program: a migration was edited or removed after it had been applied.',
  ],
  SCHEMA_UNRELEASED: [
    '此数据库由 0.2.0 之前的程序建立，不能升级：请改用新的空数据库。',
    'A build before 0.2.0 made this database, and such databases can not be upgraded: begin with an empty one.',
  ],
  STATEMENT_FAILS: [
    '扫码、亮码或核验的语句在这个数据库上无法执行。',
    'The statement of scans, codes or checks can not run on this database.',
  ],
  PARTITION_MISSING: [
    '今天的分区不存在，也建不出来：扫码和核验无处可存。',
    'There is no partition for today and none can be made: scans and checks have no place to go.',
  ],
  CLOCKS_DIFFER: [
    '服务器与数据库的时钟相差太大：请对时。',
    'The clocks of server and database differ by more than codes forgive: set them right.',
  ],
  RIGHTS_MISSING: [
    '数据库账号缺少权限：请用 jkb_app 连接，并重新运行 jkb db migrate。',
    'The role lacks rights in the database: connect as jkb_app, and run jkb db migrate again.',
  ],
  ROLE_TOO_STRONG: [
    '数据库账号权限过大，能改审计记录：请用 jkb_app 连接。',
    'The role may alter the audit log: connect as jkb_app.',
  ],
  KEYS_DIFFER: [
    '本机的密钥不是此数据库的密钥，或缺少别处更换后的密钥：请用 jkb keys import 导入。',
    'The keys here are not those of this database, or lack what was rotated elsewhere: import them with jkb keys import.',
  ],
} satisfies Record<string, [zh: string, en: string]>

export type ReasonCode = keyof typeof words

/** A reason in its words, with what was found behind them where that helps. */
export const reason = (code: ReasonCode, found?: string): Reason => {
  const [zh, en] = words[code]
  return { code, zh: found ? `${zh}（${found}）` : zh, en: found ? `${en} (${found})` : en }
}
