import type { Access } from './access.ts'

export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters. */
  path: string
  access: Access
}

export const operation = <M extends Operation['method'], P extends string, A extends Access>(
  method: M,
  path: P,
  access: A,
) => ({ method, path, access }) as const
