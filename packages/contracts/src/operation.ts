/**
 * Who may call an operation. The server does not start with a route that declares none.
 * `operator:<role>` alternatives are joined with `|`; `operator` is any signed-in operator. `partner:<kind>` is a system
 * with a key of its own.
 */
type Access = string

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
