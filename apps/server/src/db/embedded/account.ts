import { chown, readFile, stat } from 'node:fs/promises'
import { LocalProblem } from './problem.ts'

/** A system account by number, as the kernel knows it. */
export interface Account {
  uid: number
  gid: number
}

// "postgres" exists where a system PostgreSQL is installed; "nobody" exists everywhere. None is ever created:
// a start command has no business adding users to somebody's machine.
const candidates = ['jiankangbao', 'postgres', 'nobody']

/**
 * The account the database must run as, or undefined when it can run as the caller. PostgreSQL refuses to run as
 * root; a data directory that already belongs to an ordinary account keeps that account.
 * @throws LocalProblem when nothing suitable exists, or the directory belongs to someone else
 */
export const chooseAccount = async (directory: string): Promise<Account | undefined> => {
  const own = process.getuid?.()
  if (own === undefined) return undefined
  const existing = await stat(directory).catch(() => undefined)
  if (own !== 0) {
    if (existing && existing.uid !== own) throw ownedBySomeoneElse(directory, existing.uid)
    return undefined
  }
  if (process.platform !== 'linux') {
    throw new LocalProblem(
      '在这个系统上不能以 root 运行内置数据库，请改用普通用户执行 npm start。',
      'The embedded database cannot run as root on this system; run npm start as an ordinary user.',
    )
  }
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }
  return findAccount(await readFile('/etc/passwd', 'utf8'))
}

/** Gives one directory to the account. */
export const giveTo = (path: string, account: Account | undefined) =>
  account ? chown(path, account.uid, account.gid) : Promise.resolve()

const findAccount = (passwd: string): Account => {
  const rows = passwd.split('\n').map((line) => line.split(':'))
  for (const name of candidates) {
    const row = rows.find((fields) => fields[0] === name)
    const uid = Number(row?.[2])
    if (row && uid > 0) return { uid, gid: Number(row[3]) }
  }
  throw new LocalProblem(
    '找不到可用来运行数据库的普通账号，请新建一个：useradd --system jiankangbao',
    'No unprivileged account to run the database as; create one: useradd --system jiankangbao',
  )
}

const ownedBySomeoneElse = (directory: string, uid: number) =>
  new LocalProblem(
    `数据目录 ${directory} 属于另一个用户（uid ${uid}）。请用该用户启动，或用 DATA_DIRECTORY=… 换一个目录。`,
    `The data directory ${directory} belongs to another user (uid ${uid}). Start as that user, or choose another directory with DATA_DIRECTORY=…`,
  )
