import { fieldError } from '../../../http/app-error.ts'
import { isPublishedPassword } from './credentials.ts'

// The list is large: it is read when the first password is set, not at every start.
const loadEstimate = async () => {
  const [{ zxcvbn, zxcvbnOptions }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  zxcvbnOptions.setOptions({
    dictionary: { ...dictionary, local: LOCAL_WORDS },
    graphs: adjacencyGraphs,
    maxLength: 64,
  })
  return zxcvbn
}

/** What people here put first into a password and the list, made elsewhere, does not know. */
const LOCAL_WORDS = [
  ...['jiankangbao', 'jiankang', 'jiankangma', 'huhui', 'sukangma', 'yiqing', 'fangyi', 'hesuan'],
  ...[
    'woaini',
    'woaini1314',
    '5201314',
    '1314520',
    'woaini520',
    'aini1314',
    'nihao',
    'zhongguo',
    'mima',
    'guanliyuan',
  ],
  ...[
    'admin',
    'administrator',
    'qwe123',
    'asd123',
    'zxc123',
    'a123456',
    'abc123',
    'password',
    'passw0rd',
    'huawei',
  ],
]

/** Of 0 to 4; three stands for more than a hundred million guesses by somebody who knows the usual passwords. */
const LEAST_SCORE = 3

let estimate: ReturnType<typeof loadEstimate> | undefined

/**
 * Refuses what would be guessed first: the passwords of demonstrations, the usual ones in all their spellings (a list of
 * thirty thousand and the patterns of keyboards, dates and repeats), and what is about the operator.
 * @param about names of the operator and the office
 * @throws AppError VALIDATION_FAILED (newPassword): password_published, password_is_username, password_common
 */
export const requireOwnPassword = async (
  password: string,
  { username, about }: { username: string; about: readonly string[] },
): Promise<void> => {
  if (isPublishedPassword(password)) throw fieldError('newPassword', 'password_published')
  // A short name is part of many a good password.
  if (username.length >= 6 && password.toLowerCase().includes(username))
    throw fieldError('newPassword', 'password_is_username')
  estimate ??= loadEstimate()
  const rate = await estimate
  const parts = [username, ...username.split(/[^a-z]+/), ...about].filter((word) => word.length >= 3)
  if (rate(password, parts).score < LEAST_SCORE) throw fieldError('newPassword', 'password_common')
}
